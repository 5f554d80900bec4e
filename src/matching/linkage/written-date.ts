import { aboutYear, parsePartialDate, partialDate, UNKNOWN_DATE } from '../../domain/partial-date.ts';
import type { PartialDate } from '../../domain/partial-date.ts';

const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?(?:[T ]\d{1,2}:.*)?$/;
const YEAR_LAST = /^(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})(?:[T ]\d{1,2}:.*)?$/;
const MONTH_IN_WORDS = /^(?:(\d{1,2})(?:er|ER)?[-/. ]+)?(\p{L}{3,9})\.?[-/. ]+(\d{4})$/u;
const ABOUT = /^(?:~|vers|env\.?|environ|circa|né(?:e)? (?:vers|en)|présumé(?:e)?)\s*(\d{4})$/iu;
/** Years of historical files, which no register of living people holds. */
const EARLY_YEAR = /(?<!\d)1(?:[5-7]\d\d|8[0-4]\d)(?!\d)/;
const EIGHT_DIGITS = /^\d{8}$/;
const SPREADSHEET_DAY = /^\d{5}(?:[.,]0+)?$/;
const YEAR_AS_DECIMAL = /^(\d{4})[.,]0+$/;

/** Beginnings of French and English months, three letters where they suffice. */
const MONTHS: readonly (readonly string[])[] = [
  ['janv', 'jan'],
  ['fev', 'feb'],
  ['mar'],
  ['avr', 'apr'],
  ['mai', 'may'],
  ['juin', 'jun'],
  ['juil', 'jul'],
  ['aou', 'aug'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec'],
];

/** Spreadsheets count days from here; 25 569 of them make 1 January 1970. */
const SPREADSHEET_EPOCH_DAYS = 25_569;
const FIRST_SPREADSHEET_DAY = 5_000;
const DAY_MS = 86_400_000;

/**
 * A birth date in the ways files write it: `AAAA-MM-JJ` and its parts, `JJ/MM/AAAA` with any of `/ - .`, `AAAAMMJJ`,
 * `JJMMAAAA`, months in words, a time after the date, a spreadsheet's day number, "vers 1962". Month and day exchanged
 * are told by a month above 12. What cannot be told, a year of two digits among it, is unknown.
 */
export function readWrittenDate(text: string): PartialDate {
  const value = text.trim();
  const early = EARLY_YEAR.exec(value)?.[0];
  if (early !== undefined) return readEarlyDate(value, Number(early));
  if (value === '') return UNKNOWN_DATE;
  const plain = parsePartialDate(value);
  if (plain.precision === 'day') return plain;
  return (
    yearFirst(value) ?? yearLast(value) ?? eightDigits(value) ?? monthInWords(value) ?? singleNumber(value) ?? plain
  );
}

/** Leap years repeat: an early date is read as a later one and put back. */
function readEarlyDate(value: string, year: number): PartialDate {
  const shift = year < 1650 ? 400 : 200;
  const later = readWrittenDate(value.replace(String(year), String(year + shift)));
  return later.year === null ? later : { ...later, year: later.year - shift };
}

function yearFirst(value: string): PartialDate | null {
  const found = YEAR_FIRST.exec(value);
  return found ? monthAndDay(Number(found[1]), Number(found[2]), optional(found[3])) : null;
}

function yearLast(value: string): PartialDate | null {
  const found = YEAR_LAST.exec(value);
  return found ? monthAndDay(Number(found[3]), Number(found[2]), optional(found[1])) : null;
}

/** `03/25/1990` can only be the twenty-fifth of March. */
function monthAndDay(year: number, month: number, day: number | null): PartialDate {
  return month > 12 && day !== null && day >= 1 && day <= 12
    ? partialDate(year, day, month)
    : partialDate(year, month, day);
}

function eightDigits(value: string): PartialDate | null {
  if (!EIGHT_DIGITS.test(value)) return null;
  const part = (from: number, to: number): number => Number(value.slice(from, to));
  const forward = partialDate(part(0, 4), part(4, 6), part(6, 8));
  if (forward.precision === 'day') return forward;
  const backward = partialDate(part(4, 8), part(2, 4), part(0, 2));
  return backward.precision === 'day' ? backward : forward;
}

function monthInWords(value: string): PartialDate | null {
  const found = MONTH_IN_WORDS.exec(value);
  if (!found) return null;
  const word = (found[2] ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const month = MONTHS.findIndex((beginnings) => beginnings.some((beginning) => word.startsWith(beginning))) + 1;
  return month === 0 ? null : partialDate(Number(found[3]), month, optional(found[1]));
}

function singleNumber(value: string): PartialDate | null {
  const about = ABOUT.exec(value)?.[1];
  if (about !== undefined) return aboutYear(Number(about));
  const year = YEAR_AS_DECIMAL.exec(value)?.[1];
  if (year !== undefined) return partialDate(Number(year));
  if (!SPREADSHEET_DAY.test(value)) return null;
  const days = Math.trunc(Number(value.replace(',', '.')));
  if (days < FIRST_SPREADSHEET_DAY) return null;
  const date = new Date((days - SPREADSHEET_EPOCH_DAYS) * DAY_MS);
  return partialDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function optional(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
