/**
 * Level shares counted on decided pairs, and the weights they would make. Counted on all confirmed pairs, the machine's
 * included: those that reached a person are the doubtful ones, and on them alone every plain agreement would look rare.
 * Only the share among pairs of one person is offered. Records a reviewer called somebody else's were fetched because
 * they resembled the person, so that their levels are no measure of strangers; they are counted to be seen.
 */
import type { ScoredField } from '../../matching/scoring/score-pair.ts';
import type { LabelledPair } from './labelled-pairs.ts';

/** One level of one table: what was counted, and what it would make of the share. */
export interface LearnedLevel {
  /** `family-name`, `birth.month`, `household.same-batch`… */
  readonly table: string;
  readonly level: string;
  /** Pairs of one person at this level, and pairs of two. */
  readonly same: number;
  readonly other: number;
  readonly before: number;
  readonly after: number;
}

/** Share of a level among pairs of one person, by table and level. */
export type SameShares = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Adds up labelled pairs; holds counts only. */
export class LevelCounts {
  readonly #same = new Map<string, number>();
  readonly #other = new Map<string, number>();

  add({ isSame, route, fields }: LabelledPair): void {
    const counts = isSame ? this.#same : this.#other;
    for (const field of fields) {
      // 0 bits: nothing was compared, or the route had counted it already.
      if (field.bits === 0) continue;
      const key = `${tableOf(field, route)} ${field.level}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }

  /** Counts smoothed by shares that weigh as much as `strength` pairs: `(strength·before + n) / (strength + N)`. */
  learned(shares: SameShares, strength: number): readonly LearnedLevel[] {
    return [...shares].flatMap(([table, levels]) => {
      const countOf = (counts: ReadonlyMap<string, number>, level: string): number =>
        counts.get(`${table} ${level}`) ?? 0;
      const total = [...levels.keys()].reduce((sum, level) => sum + countOf(this.#same, level), 0);
      return [...levels].map(([level, before]) => {
        const same = countOf(this.#same, level);
        const after = (strength * before + same) / (strength + total);
        return { table, level, same, other: countOf(this.#other, level), before, after };
      });
    });
  }
}

/** The table a field's level stands in; a birth's depends on the coarser precision of its two dates. */
function tableOf({ field, left, right, level }: ScoredField, route: string): string {
  if (field === 'household') return `household.${route}`;
  if (field !== 'birth') return field;
  if (level === 'about' || left.startsWith('~') || right.startsWith('~')) return 'birth.about';
  if (level === 'equal-year') return 'birth.year';
  const length = Math.min(left.length, right.length);
  return length >= 10 ? 'birth.day' : length >= 7 ? 'birth.month' : 'birth.year';
}
