import { parsePartialDate, UNKNOWN_DATE } from '../../domain/partial-date.ts';
import type { IsoDate, PartialDate } from '../../domain/partial-date.ts';
import { UnusableAnswerError } from './unusable-answer.ts';

/** A JSON object off the wire: nothing is known of its members yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

// Half a surrogate pair has no UTF-8 and U+0000 no place in a PostgreSQL text: let in here, they would fail much later.
const UNSTORABLE = /[\p{Surrogate}\0]/u;
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/** The object a text holds; null when it is not JSON or not an object. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A member that must hold text. This and all below throw `UnusableAnswerError` with the member's name. */
export function requiredText(object: JsonObject, member: string): string {
  return optionalText(object, member) ?? invalid(member);
}

/** Text, verbatim; null when the member is absent, null or blank. */
export function optionalText(object: JsonObject, member: string): string | null {
  const value = object[member];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || UNSTORABLE.test(value)) return invalid(member);
  return value.trim() === '' ? null : value;
}

/** A whole number a double holds exactly. */
export function requiredInteger(object: JsonObject, member: string): number {
  const value = object[member];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : invalid(member);
}

/** As above; null when the member is absent or null. */
export function optionalInteger(object: JsonObject, member: string): number | null {
  return object[member] === undefined || object[member] === null ? null : requiredInteger(object, member);
}

/** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`; unknown when absent. An impossible day costs the day, not the year. */
export function birthDate(object: JsonObject, member: string): PartialDate {
  const text = optionalText(object, member);
  if (text === null) return UNKNOWN_DATE;
  return DATE.test(text) ? parsePartialDate(text) : invalid(member);
}

/** A day of the calendar, `AAAA-MM-JJ`. */
export function requiredDay(object: JsonObject, member: string): IsoDate {
  return optionalDay(object, member) ?? invalid(member);
}

/** As above; null when absent. */
export function optionalDay(object: JsonObject, member: string): IsoDate | null {
  const text = optionalText(object, member);
  if (text === null) return null;
  return DATE.test(text) && parsePartialDate(text).precision === 'day' ? text : invalid(member);
}

/** What a word of the contract stands for. */
export function requiredWord<T>(object: JsonObject, member: string, words: ReadonlyMap<string, T>): T {
  const meaning = words.get(requiredText(object, member));
  return meaning === undefined ? invalid(member) : meaning;
}

/** As above; null when absent. */
export function optionalWord<T>(object: JsonObject, member: string, words: ReadonlyMap<string, T>): T | null {
  return optionalText(object, member) === null ? null : requiredWord(object, member, words);
}

/** A list of objects, possibly empty. */
export function requiredObjects(object: JsonObject, member: string): readonly JsonObject[] {
  const value = object[member];
  return Array.isArray(value) && value.every(isObject) ? value : invalid(member);
}

/** A list of texts, none of them blank. */
export function requiredTexts(object: JsonObject, member: string): readonly string[] {
  const value = object[member];
  if (!Array.isArray(value)) return invalid(member);
  return value.map((text: unknown) => requiredText({ [member]: text }, member));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(member: string): never {
  throw new UnusableAnswerError('PAYLOAD_INVALID', member);
}
