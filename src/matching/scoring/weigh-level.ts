import type { FieldLevel } from '../identity-comparison.ts';
import type { LevelWeights } from './level-weights.ts';

/** How much likelier a level is than for strangers, in bits: for the same person, and for a relative. */
export interface Evidence {
  readonly same: number;
  readonly family: number;
}

/** A field that says nothing. */
export const NO_EVIDENCE: Evidence = { same: 0, family: 0 };

/** Levels at which the very name agrees, so that strangers agree as often as it is common. */
const AGREEING: readonly FieldLevel[] = ['exact', 'spelling', 'sound', 'contained'];
/** Levels at which it nearly does: half of its rarity counts, on the logarithm's scale. */
const NEARLY: readonly FieldLevel[] = ['usage', 'near', 'swapped', 'nickname'];

/**
 * Evidence of a level. `rarity` is the name's share over the usual one, 1 for what is no name. Relatives whose column
 * the table leaves out are like strangers, except the `namesakeShare` who bear the same name.
 */
export function evidenceOf(
  level: FieldLevel,
  table: LevelWeights | undefined,
  rarity: number,
  namesakeShare: number,
): Evidence {
  const weight = table?.get(level);
  if (weight === undefined) return NO_EVIDENCE;
  const factor = AGREEING.includes(level) ? rarity : NEARLY.includes(level) ? Math.sqrt(rarity) : 1;
  const stranger = Math.min(1, weight.stranger * factor);
  const family = weight.family ?? stranger * (1 - namesakeShare) + weight.same * namesakeShare;
  return { same: Math.log2(weight.same / stranger), family: Math.log2(family / stranger) };
}

const plain = new WeakMap<LevelWeights, Map<FieldLevel, Evidence>>();

/** Evidence of a level of what is no name: one and the same each time, and worked out once. */
export function plainEvidenceOf(level: FieldLevel, table: LevelWeights | undefined): Evidence {
  if (table === undefined) return NO_EVIDENCE;
  const known = plain.get(table) ?? new Map<FieldLevel, Evidence>();
  plain.set(table, known);
  const evidence = known.get(level) ?? evidenceOf(level, table, 1, 0);
  known.set(level, evidence);
  return evidence;
}

const most = new WeakMap<LevelWeights, Map<number, number>>();

/** Bits for the same person at the level of a name that tells most; 0 where none tells anything. Worked out once a rarity. */
export function mostSame(table: LevelWeights | undefined, rarity: number): number {
  if (table === undefined) return 0;
  const known = most.get(table) ?? new Map<number, number>();
  most.set(table, known);
  const levels = (): readonly FieldLevel[] => [...table.keys()] as FieldLevel[];
  const bits = known.get(rarity) ?? Math.max(0, ...levels().map((level) => evidenceOf(level, table, rarity, 0).same));
  known.set(rarity, bits);
  return bits;
}

/** Two pieces of evidence that do not depend on each other. */
export function together(a: Evidence, b: Evidence): Evidence {
  return { same: a.same + b.same, family: a.family + b.family };
}
