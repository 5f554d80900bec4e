import { DATE_LEVEL } from './date-levels.ts';
import type { PackedDate } from './date-levels.ts';
import { mixHash } from './hash.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { LEVEL_GROUPS, LEVELS_OF_KIND } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import { strangerShares } from './linkage-policy.ts';
import type { LinkagePolicy } from './linkage-policy.ts';
import { NAME_LEVEL } from './name-levels.ts';
import type { Pattern } from './pattern-book.ts';
import { TEXT_LEVEL } from './text-levels.ts';
import { weightIn } from './three-class-model.ts';
import type { ThreeClassModel } from './three-class-model.ts';
import { valueFrequencies } from './value-frequencies.ts';
import type { ValueFrequencies, ValueKinship } from './value-frequencies.ts';

const NO_VALUES = new Int32Array(0);

/** Beyond this a score says nothing more, and sums of odds stay exact. */
const MOST_BITS = 60;

/** How far a pattern lets a field's rarity count. */
const COUNTS = { not: 0, whole: 1, half: 2 } as const;

/** A field whose agreement is worth what the value is rare. */
interface RarityField {
  readonly at: number;
  readonly leftColumn: Int32Array;
  readonly rightColumn: Int32Array;
  readonly exactLevel: number;
  /** Up to this level half of the rarity counts. */
  readonly nearLevel: number;
  readonly isNamesakeField: boolean;
  /** Field whose agreement already implies this one's, so that rarity adds nothing; −1 for none. */
  readonly impliedBy: number;
  readonly frequencies: ValueFrequencies;
  /** Share of strangers at the exact level, which the value's own share replaces. */
  readonly usual: number;
}

const RARITY_FIELDS: readonly (readonly [field: string, exactLevel: number, nearLevel: number, impliedBy?: string])[] =
  [
    ['given_names', NAME_LEVEL.exact, NAME_LEVEL.near],
    ['family_name', NAME_LEVEL.exact, NAME_LEVEL.near],
    ['date_of_birth', DATE_LEVEL.equal, DATE_LEVEL.equal],
    ['commune', TEXT_LEVEL.exact, TEXT_LEVEL.near],
    ['place_of_birth', TEXT_LEVEL.exact, TEXT_LEVEL.near, 'commune'],
  ];

/** What one field says of a pair: bits for "same person" against strangers. */
export interface FieldEvidence {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

/** Scores pairs under a learned model. `left` and `right` are rows, `pattern` is the number of their pattern. */
export interface PairScorer {
  /** log₂ of the odds for "same person" against family and strangers together, within ±60. */
  bits(left: number, right: number, pattern: number): number;
  /** No pair of this pattern has more bits: most patterns are hopeless however rare the values. */
  mostBits(pattern: number): number;
  /** What the score is made of, for the fields that both rows give. */
  evidence(left: number, right: number, pattern: number): readonly FieldEvidence[];
}

/** The tables whose rows are scored, and those that say how usual a value is. */
export interface ScoredTables {
  readonly rows: readonly [LinkageTable, LinkageTable];
  readonly learnt: readonly [LinkageTable, LinkageTable];
}

/** Builds the scorer of a job. Scoring a pair allocates nothing: it is done by the ten million. */
export function pairScorer(
  model: ThreeClassModel,
  patterns: readonly Pattern[],
  tables: ScoredTables,
  pools: ValuePools,
  policy: LinkagePolicy,
): PairScorer {
  const weights = classWeights(model, patterns);
  const rarities = rarityFields(model, tables, pools, policy).map(
    (field) => new Rarity(field, model, patterns, policy.namesakeShare),
  );
  const total = (pattern: number, family: number, unrelated: number): number => {
    const odds = (weights.match[pattern] ?? 0) - Math.log2(family + unrelated);
    return Math.max(-MOST_BITS, Math.min(MOST_BITS, odds));
  };
  const bits = (left: number, right: number, pattern: number): number => {
    let family = weights.family[pattern] ?? 0;
    let unrelated = weights.unrelated[pattern] ?? 0;
    for (const rarity of rarities) {
      const factor = rarity.factor(left, right, pattern);
      if (factor === 1) continue;
      unrelated *= factor;
      if (rarity.isNamesakeField) family *= rarity.namesakeFactor(factor, pattern);
    }
    return total(pattern, family, unrelated);
  };
  const mostBits = (pattern: number): number => {
    let [family, unrelated] = [weights.family[pattern] ?? 0, weights.unrelated[pattern] ?? 0];
    for (const rarity of rarities) {
      const factor = rarity.leastFactor(pattern);
      unrelated *= factor;
      if (rarity.isNamesakeField) family *= rarity.namesakeFactor(factor, pattern);
    }
    return total(pattern, family, unrelated);
  };
  const evidence = (left: number, right: number, number: number): readonly FieldEvidence[] => {
    const pattern = patterns[number];
    if (!pattern) return [];
    const factorAt = new Map(rarities.map((rarity) => [rarity.at, rarity.factor(left, right, number)]));
    return fieldEvidence(model, pattern, (at) => factorAt.get(at) ?? 1);
  };
  return { bits, mostBits, evidence };
}

interface ClassWeights {
  /** log₂ of the weight as one person; of the others the weights themselves. All by pattern number. */
  readonly match: Float64Array;
  readonly family: Float64Array;
  readonly unrelated: Float64Array;
}

function classWeights(model: ThreeClassModel, patterns: readonly Pattern[]): ClassWeights {
  return {
    match: Float64Array.from(patterns, ({ slots }) => Math.log2(weightIn(model.match, slots))),
    family: Float64Array.from(patterns, ({ slots }) =>
      model.families.reduce((sum, family) => sum + weightIn(family, slots), 0),
    ),
    unrelated: Float64Array.from(patterns, ({ slots }) => weightIn(model.unrelated, slots)),
  };
}

/** How much likelier or rarer strangers agree on this very value than on any. */
class Rarity {
  readonly at: number;
  readonly isNamesakeField: boolean;
  readonly #field: RarityField;
  readonly #counts: Uint8Array;
  /** Share of strangers at each pattern's level of the field. */
  readonly #usual: Float64Array;
  readonly #namesakeShare: number;

  constructor(field: RarityField, model: ThreeClassModel, patterns: readonly Pattern[], namesakeShare: number) {
    this.at = field.at;
    this.isNamesakeField = field.isNamesakeField;
    this.#field = field;
    this.#counts = Uint8Array.from(patterns, ({ levels }) => howFar(field, levels));
    this.#usual = Float64Array.from(patterns, ({ slots }) => model.unrelated.slots[slots[field.at] ?? -1] ?? 1);
    this.#namesakeShare = namesakeShare;
  }

  factor(left: number, right: number, pattern: number): number {
    const counts = this.#counts[pattern];
    if (counts === COUNTS.not) return 1;
    const { leftColumn, rightColumn, frequencies } = this.#field;
    const [a, b] = [leftColumn[left] ?? 0, rightColumn[right] ?? 0];
    const share = frequencies.shareOf(a);
    return this.#factorFor(a === b ? share : Math.max(share, frequencies.shareOf(b)), counts);
  }

  leastFactor(pattern: number): number {
    const counts = this.#counts[pattern];
    return counts === COUNTS.not ? 1 : Math.min(1, this.#factorFor(this.#field.frequencies.least, counts));
  }

  /** Relatives bear the same name by chance, which rarity changes, or because one was named after the other. */
  namesakeFactor(factor: number, pattern: number): number {
    const chance = (this.#usual[pattern] ?? 1) * (1 - this.#namesakeShare);
    return (chance * factor + this.#namesakeShare) / (chance + this.#namesakeShare);
  }

  #factorFor(share: number, counts: number | undefined): number {
    if (share === 0) return 1;
    const { usual, frequencies } = this.#field;
    return counts === COUNTS.whole ? share / usual : Math.sqrt(share / frequencies.agreement);
  }
}

function howFar(field: RarityField, levels: Uint8Array): number {
  const level = levels[field.at] ?? 0;
  if (level > field.nearLevel || levels[field.impliedBy] === 0) return COUNTS.not;
  return level === field.exactLevel ? COUNTS.whole : COUNTS.half;
}

function fieldEvidence(model: ThreeClassModel, pattern: Pattern, rarityOf: (field: number) => number): FieldEvidence[] {
  return model.layout.fields.flatMap((field, at) => {
    const slot = pattern.slots[at] ?? -1;
    const level = LEVELS_OF_KIND[field.kind][pattern.levels[at] ?? -1];
    if (slot < 0 || level === undefined) return [];
    const [match = 1, unrelated = 1] = [model.match.slots[slot], model.unrelated.slots[slot]];
    return [{ field: field.name, level, bits: Math.log2(match / (unrelated * rarityOf(at))) }];
  });
}

function rarityFields(
  model: ThreeClassModel,
  { rows: [left, right], learnt }: ScoredTables,
  pools: ValuePools,
  policy: LinkagePolicy,
): RarityField[] {
  const fields: RarityField[] = [];
  const position = (name: string | undefined): number => model.layout.fields.findIndex((field) => field.name === name);
  for (const [name, exactLevel, nearLevel, implied] of RARITY_FIELDS) {
    const at = position(name);
    const field = model.layout.fields[at];
    if (!field) continue;
    const frequencies = valueFrequencies(name, ...learnt, {
      ...kinshipOf(field, pools),
      expected: usualShare(policy, field),
    });
    fields.push({
      at,
      leftColumn: left.columns.get(name) ?? NO_VALUES,
      rightColumn: right.columns.get(name) ?? NO_VALUES,
      exactLevel,
      nearLevel,
      isNamesakeField: name === 'given_names',
      impliedBy: position(implied),
      frequencies,
      usual: field.dependsOn === null ? exactShare(model, field) : frequencies.agreement,
    });
  }
  return fields;
}

/** Share of strangers who agree wholly, as the policy expects; of dates among those that are full. */
function usualShare(policy: LinkagePolicy, field: LinkageField): number {
  const shares = strangerShares(policy, field);
  const group = shares.slice(0, LEVEL_GROUPS[field.kind]?.[1] ?? shares.length);
  return (shares[0] ?? 0) / group.reduce((sum, share) => sum + share, 0);
}

const OTHER_NAME: Readonly<Record<string, string>> = { given_names: 'family_name', family_name: 'given_names' };

function kinshipOf(field: LinkageField, pools: ValuePools): ValueKinship {
  if (field.kind === 'date') return { isCounted: isFullDate };
  if (field.kind !== 'name') return { isCounted: isKnown };
  const alsoIn = OTHER_NAME[field.name];
  return {
    isCounted: isKnown,
    groupOf: (value) => pools.names.name(value).keys.reduce(mixHash, 0),
    ...(alsoIn === undefined ? {} : { alsoIn }),
  };
}

function isKnown(value: number): boolean {
  return value !== 0;
}

function isFullDate(date: PackedDate): boolean {
  return date % 100 !== 0;
}

/** Share of strangers at the best level of a field that depends on no other. */
function exactShare(model: ThreeClassModel, field: LinkageField): number {
  const row = model.layout.rows.find((candidate) => candidate.field === field);
  return model.unrelated.slots[row?.start ?? -1] ?? 1;
}
