import { DATE_LEVEL } from './date-levels.ts';
import type { CandidatePairs } from './candidates.ts';
import type { LinkageTable } from './linkage-table.ts';
import { NAME_LEVEL } from './name-levels.ts';
import type { Pattern } from './pattern-book.ts';
import { TEXT_LEVEL } from './text-levels.ts';
import { weightIn } from './three-class-model.ts';
import type { ThreeClassModel } from './three-class-model.ts';
import { valueShares } from './value-frequencies.ts';
import type { ShareOfValue } from './value-frequencies.ts';

/** Beyond this a score says nothing more, and sums of odds stay exact. */
const MOST_BITS = 60;

/** A field whose agreement is worth what the value is rare. */
interface RarityField {
  readonly at: number;
  readonly exactLevel: number;
  /** Up to this level half of the rarity counts. */
  readonly nearLevel: number;
  readonly isNamesakeField: boolean;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly share: ShareOfValue;
}

const RARITY_FIELDS: readonly (readonly [field: string, exactLevel: number, nearLevel: number])[] = [
  ['given_names', NAME_LEVEL.exact, NAME_LEVEL.near],
  ['family_name', NAME_LEVEL.exact, NAME_LEVEL.near],
  ['date_of_birth', DATE_LEVEL.equal, DATE_LEVEL.equal],
  ['place_of_birth', TEXT_LEVEL.exact, TEXT_LEVEL.near],
];

/** Scores every candidate pair: log₂ of the odds for "same person" against family and strangers together. */
export function scorePairs(
  model: ThreeClassModel,
  pairs: CandidatePairs,
  patterns: readonly Pattern[],
  patternOf: Int32Array,
  tables: readonly [LinkageTable, LinkageTable],
  namesakeShare: number,
): Float64Array {
  const weights = patterns.map(({ slots }) => ({
    match: weightIn(model.match, slots),
    family: weightIn(model.family, slots),
    unrelated: weightIn(model.unrelated, slots),
  }));
  const rarities = rarityFields(model, tables);
  const bits = new Float64Array(pairs.count);
  for (let pair = 0; pair < pairs.count; pair++) {
    const number = patternOf[pair] ?? 0;
    const [pattern, weight] = [patterns[number], weights[number]];
    if (!pattern || !weight) continue;
    let { family, unrelated } = weight;
    for (const rarity of rarities) {
      const [i, j] = [rarity.left[pairs.left[pair] ?? 0] ?? 0, rarity.right[pairs.right[pair] ?? 0] ?? 0];
      const usual = model.unrelated.slots[pattern.slots[rarity.at] ?? -1] ?? 1;
      const factor = rarityFactor(rarity, pattern.levels[rarity.at] ?? 0, i, j, usual);
      unrelated *= factor;
      if (rarity.isNamesakeField) family *= namesakeFactor(factor, usual, namesakeShare);
    }
    const odds = Math.log2(weight.match) - Math.log2(family + unrelated);
    bits[pair] = Math.max(-MOST_BITS, Math.min(MOST_BITS, odds));
  }
  return bits;
}

function rarityFields(model: ThreeClassModel, [left, right]: readonly [LinkageTable, LinkageTable]): RarityField[] {
  const fields: RarityField[] = [];
  for (const [name, exactLevel, nearLevel] of RARITY_FIELDS) {
    const at = model.layout.fields.findIndex((field) => field.name === name);
    const [leftValues, rightValues] = [left.columns.get(name), right.columns.get(name)];
    if (at < 0 || !leftValues || !rightValues) continue;
    const share = valueShares(name, left, right);
    const isNamesakeField = name === 'given_names';
    fields.push({ at, exactLevel, nearLevel, isNamesakeField, left: leftValues, right: rightValues, share });
  }
  return fields;
}

/** What strangers' agreement on this very value is, against their agreement on any value. */
function rarityFactor(rarity: RarityField, level: number, i: number, j: number, usual: number): number {
  if (level > rarity.nearLevel || i === 0 || j === 0) return 1;
  const own = Math.max(rarity.share(i), rarity.share(j)) / usual;
  return level === rarity.exactLevel ? own : Math.sqrt(own);
}

/** Relatives bear the same name by chance, which rarity changes, or because one was named after the other. */
function namesakeFactor(factor: number, usual: number, namesakeShare: number): number {
  const chance = usual * (1 - namesakeShare);
  return (chance * factor + namesakeShare) / (chance + namesakeShare);
}
