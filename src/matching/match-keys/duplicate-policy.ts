/** What two lines that may be one human lead to. */
export interface DuplicatePolicy {
  readonly version: string;
  /** Probability of being one human from which both lines go to a person. */
  readonly reviewFrom: number;
  /** From which "A is B" and "B is C" make A and C one: weaker links are never followed. */
  readonly linkFrom: number;
  /** Other lines whose comparison a certificate holds; further ones are counted. */
  readonly linesNamed: number;
  /** Lines of one human that are listed; a larger group is reported as a group. */
  readonly linesOfOne: number;
}

/** The policy cannot be used; the message names the member. */
export class DuplicatePolicyError extends Error {
  readonly code = 'POLITIQUE_DES_DOUBLONS_INVALIDE';

  constructor(member: string, expected: string) {
    super(`duplicate-policy.json : « ${member} » : attendu ${expected}`);
    this.name = 'DuplicatePolicyError';
  }
}

/** Reads `config/names/duplicate-policy.json`. Throws {@link DuplicatePolicyError}. */
export function parseDuplicatePolicy(text: string): DuplicatePolicy {
  const file = objectOf(text);
  const version = file['version'];
  if (typeof version !== 'string' || version === '') throw new DuplicatePolicyError('version', 'un texte');
  const policy = {
    version,
    reviewFrom: numberAt(file, 'reviewFrom', 0.001, 1),
    linkFrom: numberAt(file, 'linkFrom', 0.5, 1),
    linesNamed: countAt(file, 'linesNamed', 1, 20),
    linesOfOne: countAt(file, 'linesOfOne', 2, 100),
  };
  if (policy.linkFrom < policy.reviewFrom) throw new DuplicatePolicyError('linkFrom', 'au moins « reviewFrom »');
  return policy;
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectOf(text: string): JsonObject {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DuplicatePolicyError('le fichier', 'du JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DuplicatePolicyError('le fichier', 'un objet');
  return value as JsonObject;
}

function numberAt(file: JsonObject, member: string, least: number, most: number): number {
  const value = file[member];
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new DuplicatePolicyError(member, `un nombre entre ${least} et ${most}`);
  return value;
}

function countAt(file: JsonObject, member: string, least: number, most: number): number {
  const value = numberAt(file, member, least, most);
  if (!Number.isInteger(value)) throw new DuplicatePolicyError(member, 'un nombre entier');
  return value;
}
