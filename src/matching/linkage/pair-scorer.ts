import { DATE_LEVEL } from './date-levels.ts';
import type { CandidatePairs } from './candidates.ts';
import type { LinkageTable } from './linkage-table.ts';
import { LEVELS_OF_KIND } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import { NAME_LEVEL } from './name-levels.ts';
import type { Pattern } from './pattern-book.ts';
import { TEXT_LEVEL } from './text-levels.ts';
import { weightIn } from './three-class-model.ts';
import type { ThreeClassModel } from './three-class-model.ts';
import { valueFrequencies } from './value-frequencies.ts';
import type { ValueFrequencies } from './value-frequencies.ts';

/** Beyond this a score says nothing more, and sums of odds stay exact. */
const MOST_BITS = 60;

/** A field whose agreement is worth what the value is rare. */
interface RarityField {
  readonly at: number;
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

/** Scores pairs under a learned model. */
export interface PairScorer {
  /** log₂ of the odds for "same person" against family and strangers together, within ±60. */
  bits(pair: number): number;
  /** What the score is made of, for the fields that both rows give. */
  evidence(pair: number): readonly FieldEvidence[];
}

/** Builds the scorer of a job's candidate pairs. */
export function pairScorer(
  model: ThreeClassModel,
  pairs: CandidatePairs,
  patterns: readonly Pattern[],
  patternOf: Int32Array,
  tables: readonly [LinkageTable, LinkageTable],
  namesakeShare: number,
): PairScorer {
  const weights = patterns.map(({ slots }) => classWeights(model, slots));
  const rarities = rarityFields(model, tables);
  const factorOf: FactorOf = (rarity, pair, levels) => {
    const [i, j] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0];
    const { left, right } = rarity.frequencies;
    return rarityFactor(rarity, levels, Math.max(left[i] ?? 0, right[j] ?? 0));
  };
  return {
    bits: (pair) => {
      const number = patternOf[pair] ?? 0;
      const [pattern, weight] = [patterns[number], weights[number]];
      if (!pattern || !weight) return -MOST_BITS;
      let { family, unrelated } = weight;
      for (const rarity of rarities) {
        const factor = factorOf(rarity, pair, pattern.levels);
        unrelated *= factor;
        const usual = model.unrelated.slots[pattern.slots[rarity.at] ?? -1] ?? 1;
        if (rarity.isNamesakeField) family *= namesakeFactor(factor, usual, namesakeShare);
      }
      const odds = Math.log2(weight.match) - Math.log2(family + unrelated);
      return Math.max(-MOST_BITS, Math.min(MOST_BITS, odds));
    },
    evidence: (pair) => {
      const pattern = patterns[patternOf[pair] ?? 0];
      if (!pattern) return [];
      const factorAt = new Map(rarities.map((rarity) => [rarity.at, factorOf(rarity, pair, pattern.levels)]));
      return fieldEvidence(model, pattern, (at) => factorAt.get(at) ?? 1);
    },
  };
}

type FactorOf = (rarity: RarityField, pair: number, levels: Uint8Array) => number;

function classWeights(model: ThreeClassModel, slots: Int32Array): { match: number; family: number; unrelated: number } {
  return {
    match: weightIn(model.match, slots),
    family: weightIn(model.family, slots),
    unrelated: weightIn(model.unrelated, slots),
  };
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

function rarityFields(model: ThreeClassModel, [left, right]: readonly [LinkageTable, LinkageTable]): RarityField[] {
  const fields: RarityField[] = [];
  const position = (name: string | undefined): number => model.layout.fields.findIndex((field) => field.name === name);
  for (const [name, exactLevel, nearLevel, implied] of RARITY_FIELDS) {
    const at = position(name);
    const field = model.layout.fields[at];
    if (!field) continue;
    const frequencies = valueFrequencies(name, left, right);
    fields.push({
      at,
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

/** How much likelier or rarer strangers agree on this very value than on any. */
function rarityFactor(rarity: RarityField, levels: Uint8Array, share: number): number {
  const level = levels[rarity.at] ?? 0;
  if (level > rarity.nearLevel || share === 0 || levels[rarity.impliedBy] === 0) return 1;
  return level === rarity.exactLevel ? share / rarity.usual : Math.sqrt(share / rarity.frequencies.agreement);
}

/** Share of strangers at the best level of a field that depends on no other. */
function exactShare(model: ThreeClassModel, field: LinkageField): number {
  const row = model.layout.rows.find((candidate) => candidate.field === field);
  return model.unrelated.slots[row?.start ?? -1] ?? 1;
}

/** Relatives bear the same name by chance, which rarity changes, or because one was named after the other. */
function namesakeFactor(factor: number, usual: number, namesakeShare: number): number {
  const chance = usual * (1 - namesakeShare);
  return (chance * factor + namesakeShare) / (chance + namesakeShare);
}
