import type { Calibration } from './calibration.ts';
import { LEVELS_OF_KIND } from './linkage-field.ts';
import type { FieldKind, LinkageField } from './linkage-field.ts';

/** Probabilities of a kind's levels among pairs of one class. */
export type LevelShares = readonly number[];

const MODES = ['auto', 'registry', 'generic'] as const;

/** What is assumed before the data speaks, and how strongly; and when a score decides. */
export interface LinkagePolicy {
  readonly version: string;
  /** Which policy serves a job: this one, the generic one, or as the names in the files say. */
  readonly mode: (typeof MODES)[number];
  /** Expected level shares among pairs of one person, by kind, and by field where a field differs from its kind. */
  readonly match: Readonly<Record<FieldKind, LevelShares>>;
  readonly matchOfField: Readonly<Record<string, LevelShares>>;
  /** The same among two members of one family, for the fields that relatives share. */
  readonly family: Readonly<Record<FieldKind, LevelShares>>;
  readonly familyOfField: Readonly<Record<string, LevelShares>>;
  /** The same among strangers, for files too small to show it. */
  readonly stranger: Readonly<Record<FieldKind, LevelShares>>;
  readonly strangerOfField: Readonly<Record<string, LevelShares>>;
  /** A roster lists people once: household shares among duplicates inside one file. */
  readonly sameFileMatchOfField: Readonly<Record<string, LevelShares>>;
  /** Pairs that the expected shares weigh as much as. */
  readonly matchStrength: number;
  /** Added inside one file for each true pair expected: they are rare there, and learning would drift to siblings. */
  readonly sameFileMatchStrength: number;
  readonly familyStrength: number;
  readonly strangerStrength: number;
  /** Share of relatives who bear the same given name. */
  readonly namesakeShare: number;
  /** Share of pairs of relatives of whom one gives the other's number. */
  readonly relativesNumberShare: number;
  /** Expected matches per row of the smaller file, and family pairs per row, before learning. */
  readonly matchesPerRow: number;
  readonly duplicatesPerRow: number;
  readonly relativesPerRow: number;
  readonly calibration: Calibration;
  readonly decision: DecisionRule;
  readonly closure: ClosureRule;
}

/** What strong links inside one file imply of pairs that were not compared or scored low. */
export interface ClosureRule {
  /** Score from which a link is strong. */
  readonly from: number;
  /** Rows of the largest group; below 3 nothing is implied. */
  readonly largest: number;
  /** Share of the smaller group's rows that must be linked to the larger one. */
  readonly bridgeShare: number;
  /** Score of an implied pair. */
  readonly impliedScore: number;
}

/** When a score decides. */
export interface DecisionRule {
  readonly autoFrom: number;
  readonly reviewFrom: number;
  readonly reportFrom: number;
  /** Lead over the next candidate of either row, in bits. */
  readonly marginBits: number;
  /** People who stand a second time in one of two files. */
  readonly repeatedShare: number;
}

/** The policy file cannot be used; the message names the member. */
export class LinkagePolicyError extends Error {
  readonly code = 'LINKAGE_POLICY_INVALID';

  constructor(member: string) {
    super(`Linkage policy: "${member}" is missing or out of range (LINKAGE_POLICY_INVALID)`);
    this.name = 'LinkagePolicyError';
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads `config/names/linkage-policy.json`. Throws `LinkagePolicyError`. */
export function parseLinkagePolicy(text: string): LinkagePolicy {
  const file = objectAt({ file: parseJson(text) }, 'file');
  const decision = objectAt(file, 'decision');
  const calibration = objectAt(file, 'calibration');
  const closure = objectAt(file, 'closure');
  const mode = MODES.find((name) => name === file['mode']);
  if (mode === undefined) throw new LinkagePolicyError('mode');
  if (typeof file['version'] !== 'string' || file['version'] === '') throw new LinkagePolicyError('version');
  return {
    version: file['version'],
    mode,
    match: kindShares(file, 'match'),
    matchOfField: fieldShares(file, 'matchOfField'),
    family: kindShares(file, 'family'),
    familyOfField: fieldShares(file, 'familyOfField'),
    stranger: kindShares(file, 'stranger'),
    strangerOfField: fieldShares(file, 'strangerOfField'),
    sameFileMatchOfField: fieldShares(file, 'sameFileMatchOfField'),
    matchStrength: numberAt(file, 'matchStrength', 1e9),
    sameFileMatchStrength: numberAt(file, 'sameFileMatchStrength', 1e9),
    familyStrength: numberAt(file, 'familyStrength', 1e9),
    strangerStrength: numberAt(file, 'strangerStrength', 1e9),
    namesakeShare: numberAt(file, 'namesakeShare', 1),
    relativesNumberShare: numberAt(file, 'relativesNumberShare', 1),
    matchesPerRow: numberAt(file, 'matchesPerRow', 1),
    duplicatesPerRow: numberAt(file, 'duplicatesPerRow', 1),
    relativesPerRow: numberAt(file, 'relativesPerRow', 100),
    calibration: {
      slope: numberBetween(calibration, 'slope', 0.1, 10),
      intercept: numberBetween(calibration, 'intercept', -20, 20),
    },
    decision: {
      autoFrom: numberAt(decision, 'autoFrom', 1),
      reviewFrom: numberAt(decision, 'reviewFrom', 1),
      reportFrom: numberAt(decision, 'reportFrom', 1),
      marginBits: numberAt(decision, 'marginBits', 100),
      repeatedShare: numberAt(decision, 'repeatedShare', 1),
    },
    closure: {
      from: numberAt(closure, 'from', 1),
      largest: numberAt(closure, 'largest', 1000),
      bridgeShare: numberAt(closure, 'bridgeShare', 1),
      impliedScore: numberAt(closure, 'impliedScore', 1),
    },
  };
}

/** Expected shares of a field among pairs of one person. */
export function matchShares(policy: LinkagePolicy, field: LinkageField, sameFile: boolean): LevelShares {
  const special = sameFile ? policy.sameFileMatchOfField[field.name] : undefined;
  return special ?? policy.matchOfField[field.name] ?? policy.match[field.kind];
}

/** Expected shares of a field among two members of one family. */
export function familyShares(policy: LinkagePolicy, field: LinkageField): LevelShares {
  return policy.familyOfField[field.name] ?? policy.family[field.kind];
}

/** Expected shares of a field among two strangers. */
export function strangerShares(policy: LinkagePolicy, field: LinkageField): LevelShares {
  return policy.strangerOfField[field.name] ?? policy.stranger[field.kind];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LinkagePolicyError('file');
  }
}

function objectAt(from: JsonObject, member: string): JsonObject {
  const value = from[member];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LinkagePolicyError(member);
  return value as JsonObject;
}

function numberAt(from: JsonObject, member: string, maximum: number): number {
  return numberBetween(from, member, 0, maximum);
}

function numberBetween(from: JsonObject, member: string, minimum: number, maximum: number): number {
  const value = from[member];
  if (typeof value !== 'number' || !(value >= minimum && value <= maximum)) throw new LinkagePolicyError(member);
  return value;
}

function kindShares(from: JsonObject, member: string): Readonly<Record<FieldKind, LevelShares>> {
  const object = objectAt(from, member);
  const kinds = Object.keys(LEVELS_OF_KIND) as FieldKind[];
  const entries = kinds.map((kind) => {
    const shares = sharesAt(object, kind, member);
    if (shares.length !== LEVELS_OF_KIND[kind].length) throw new LinkagePolicyError(`${member}.${kind}`);
    return [kind, shares] as const;
  });
  return Object.fromEntries(entries) as Record<FieldKind, LevelShares>;
}

function fieldShares(from: JsonObject, member: string): Readonly<Record<string, LevelShares>> {
  const object = objectAt(from, member);
  return Object.fromEntries(Object.keys(object).map((name) => [name, sharesAt(object, name, member)]));
}

/** Shares add up to 1 and none is 0: what was thought impossible must stay learnable. */
function sharesAt(from: JsonObject, name: string, member: string): LevelShares {
  const value = from[name];
  const isShare = (item: unknown): item is number => typeof item === 'number' && item > 0 && item < 1;
  if (!Array.isArray(value) || !value.every(isShare)) throw new LinkagePolicyError(`${member}.${name}`);
  const total = value.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) throw new LinkagePolicyError(`${member}.${name}`);
  return value;
}
