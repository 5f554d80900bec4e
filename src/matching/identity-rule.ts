/** What the identity rule leaves to those who run it: figures that no registry has published. */
export interface IdentityRule {
  /** Years by which an approximate year may be off. */
  readonly aboutYearsTolerance: number;
  /** Years apart up to which two birth dates are a doubt instead of a disagreement. */
  readonly nearYears: number;
  /** `MM-DD` that registries write for "day unknown"; such a date is a year. */
  readonly placeholderDays: readonly string[];
  readonly nationalId: NationalIdSettings;
}

/** Shape of the NIN. No specification is published, so the pattern is a setting. */
export interface NationalIdSettings {
  readonly pattern: RegExp;
  /** Number of the CEDEAO card, often written in its place; names the groups `year`, `month` and `day`. */
  readonly cardNumberPattern: RegExp;
  /** Lengths at which a lost first digit is proposed. */
  readonly lostDigitLengths: readonly number[];
  /** Years between the number and the birth date that raise no alert: late registration is legal. */
  readonly yearTolerance: number;
}

/** The rule file cannot be used; the message names the member. */
export class IdentityRuleError extends Error {
  readonly code = 'IDENTITY_RULE_INVALID';

  constructor(member: string) {
    super(`Identity rule: "${member}" is missing or of the wrong kind (IDENTITY_RULE_INVALID)`);
    this.name = 'IdentityRuleError';
  }
}

/** Reads `config/names/identity-rule.json`. Throws `IdentityRuleError`. */
export function parseIdentityRule(text: string): IdentityRule {
  const rule = asObject(parseJson(text), 'the file');
  const nationalId = asObject(rule['nationalId'], 'nationalId');
  return {
    aboutYearsTolerance: asYears(rule, 'aboutYearsTolerance'),
    nearYears: asYears(rule, 'nearYears'),
    placeholderDays: asList(rule, 'placeholderDays', isMonthDay),
    nationalId: {
      pattern: asPattern(nationalId, 'pattern'),
      cardNumberPattern: asPattern(nationalId, 'cardNumberPattern'),
      lostDigitLengths: asList(nationalId, 'lostDigitLengths', isCount),
      yearTolerance: asYears(nationalId, 'yearTolerance'),
    },
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IdentityRuleError('the file');
  }
}

function asObject(value: unknown, member: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new IdentityRuleError(member);
  return value as JsonObject;
}

function asYears(from: JsonObject, member: string): number {
  const value = from[member];
  if (!isCount(value) || value > 20) throw new IdentityRuleError(member);
  return value;
}

function asList<T>(from: JsonObject, member: string, isItem: (item: unknown) => item is T): readonly T[] {
  const value: unknown = from[member];
  if (!Array.isArray(value) || !value.every(isItem)) throw new IdentityRuleError(member);
  return value;
}

function asPattern(from: JsonObject, member: string): RegExp {
  const value = from[member];
  if (typeof value !== 'string' || value === '') throw new IdentityRuleError(member);
  try {
    return new RegExp(value);
  } catch {
    throw new IdentityRuleError(member);
  }
}

function isMonthDay(item: unknown): item is string {
  return typeof item === 'string' && /^\d{2}-\d{2}$/.test(item);
}

function isCount(item: unknown): item is number {
  return typeof item === 'number' && Number.isInteger(item) && item >= 0;
}
