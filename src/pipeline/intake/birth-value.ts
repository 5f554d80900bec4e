import { aboutYear, parsePartialDate, partialDate, UNKNOWN_DATE, type PartialDate } from '../../domain/partial-date.ts';
import { textValue, wholeNumberValue } from './cell-values.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import type { FieldReader } from './field-names.ts';

const ABOUT =
  /^(?:n[ée]e?(?:\(e\))? )?(?:vers|environ|env\.?|pr[ée]sum[ée]e?(?:\(e\))?(?: n[ée]e?(?:\(e\))?)?(?: en)?) (\d{4})$/i;
const IN_YEAR = /^n[ée]e?(?:\(e\))? en (\d{4})$/i;

/** Oldest age written on the form: 98 stands for 98 and more, so it dates nobody. */
const OLDEST_AGE = 98;

/**
 * A member's birth, at the precision the line allows. A full date, in its own column or in that of the year, prevails
 * over the parts; an age is the last resort and only where the year in which it was asked is known.
 */
export function birthValue(fields: FieldReader, catalogue: ColumnCatalogue): PartialDate {
  const whole = dateText(textValue(fields('dateNaissance'), catalogue), catalogue);
  if (whole.precision !== 'unknown') return whole;
  const yearText = textValue(fields('anneeNaissance'), catalogue);
  const month = partText(textValue(fields('moisNaissance'), catalogue), catalogue.unknownMonths, 12);
  const day = partText(textValue(fields('jourNaissance'), catalogue), catalogue.unknownMonths, 31);
  const year = catalogue.unknownYears.has(yearText ?? '') ? null : wholeNumberValue(yearText, 1850, 2200);
  if (year !== null) return tempered(partialDate(year, month, day), catalogue);
  const written = dateText(yearText, catalogue);
  return written.precision === 'unknown' ? fromAge(fields, catalogue) : written;
}

function dateText(text: string | null, catalogue: ColumnCatalogue): PartialDate {
  if (text === null || catalogue.unknownYears.has(text.slice(-4)) || catalogue.unknownYears.has(text.slice(0, 4)))
    return UNKNOWN_DATE;
  const about = ABOUT.exec(text)?.[1];
  if (about !== undefined) return aboutYear(Number(about));
  return tempered(parsePartialDate(IN_YEAR.exec(text)?.[1] ?? text), catalogue);
}

function tempered(date: PartialDate, catalogue: ColumnCatalogue): PartialDate {
  const newYear = date.precision === 'day' && date.month === 1 && date.day === 1;
  return newYear && catalogue.firstOfJanuaryMeansYearOnly ? partialDate(date.year) : date;
}

function partText(text: string | null, unknown: ReadonlySet<string>, most: number): number | null {
  return text === null || unknown.has(text) ? null : wholeNumberValue(text, 1, most);
}

function fromAge(fields: FieldReader, catalogue: ColumnCatalogue): PartialDate {
  const age = wholeNumberValue(textValue(fields('age'), catalogue), 0, OLDEST_AGE - 1);
  if (age === null || catalogue.ageReferenceYear === null) return UNKNOWN_DATE;
  return aboutYear(catalogue.ageReferenceYear - age);
}
