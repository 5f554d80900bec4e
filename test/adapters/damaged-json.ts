/** Good answers with one member replaced by anything or taken away, and whether the contract still allows them. */
import { expect } from '@jest/globals';
import * as fc from 'fast-check';

/** Whether a value may stand in a member; `undefined` is an absent one. */
export type Allowed = (value: unknown) => boolean;

const blank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';
const storable = (value: unknown): boolean => typeof value === 'string' && !value.includes('\0') && wellFormed(value);

export const text: Allowed = (value) => storable(value) && !blank(value);
export const optional =
  (allowed: Allowed): Allowed =>
  (value) =>
    value === undefined || value === null || blank(value) || allowed(value);
export const oneOf =
  (...words: readonly unknown[]): Allowed =>
  (value) =>
    words.includes(value);
export const integer: Allowed = (value) => Number.isSafeInteger(value);
export const count: Allowed = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const partialDate: Allowed = (value) => typeof value === 'string' && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value);
export const day: Allowed = (value) => {
  if (typeof value !== 'string' || !/^(19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

const ABSENT = Symbol('absent');

const replacement = fc.oneof(
  fc.constant(ABSENT),
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, '', ' ', 'x', 0, -1, 7000, 1.5, 2 ** 53, true, [], {}, [[]], '\0', '\ud800', 'é'),
  fc.constantFrom('1987', '1987-03', '2026-02-28', '2026-02-30', '2026-13-01', '14/03/1987', 'M', 'F', 'f', 'X'),
  fc.constantFrom('VALIDE', 'DECEDE', 'Active', 'ADHESION', 'RENOUVELLEMENT', 'constructor', '__proto__'),
);

/**
 * Checks over many damages that `kindOf` gives `answer` exactly where `members` allows the new value, `unknown`
 * everywhere else: the contract written a second time, in another way than the readers.
 */
export async function expectOnlySoundAnswers(
  good: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, Allowed>>,
  kindOf: (body: Readonly<Record<string, unknown>>) => Promise<string>,
): Promise<void> {
  const damage = fc.tuple(fc.constantFrom(...Object.keys(members)), replacement);
  await fc.assert(
    fc.asyncProperty(damage, async ([member, value]) => {
      // An undefined member is not written.
      const body = { ...good, [member]: value === ABSENT ? undefined : value };
      // What JSON makes of it is what arrives: -0 becomes 0, for one.
      const arrives = (JSON.parse(JSON.stringify(body)) as Record<string, unknown>)[member];
      expect([member, await kindOf(body)]).toEqual([member, members[member]!(arrives) ? 'answer' : 'unknown']);
    }),
    { numRuns: 300 },
  );
}

function wellFormed(value: unknown): boolean {
  return Buffer.from(String(value), 'utf8').toString('utf8') === value;
}
