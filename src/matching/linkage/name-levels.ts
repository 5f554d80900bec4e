import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { NameKind, NameLexicon } from '../name-lexicon.ts';
import { phoneticKey } from '../phonetic-key.ts';
import type { NamePool, PooledName } from './name-pool.ts';

/** Codes of the name levels, in the order of `LEVELS_OF_KIND.name`. */
export const NAME_LEVEL = { exact: 0, close: 1, contained: 2, near: 3, weak: 4, different: 5, missing: 6 } as const;

const NEAR_SIMILARITY = 0.88;
/** Below this length one letter makes another name. */
const SHORTEST_NEAR = 4;
/** Names repeat: 97 % of the pairs of a large job are met again. The memo is emptied rather than let grow. */
const MEMO_LIMIT = 3_000_000;
/** More names than a job can hold in memory; makes one number of a pair. */
const PAIR_BASE = 2 ** 26;

/** Levels of pairs of pooled names of one kind. Same pair, same level; symmetric. */
export class NameLevels {
  readonly #kind: NameKind;
  readonly #pool: NamePool;
  readonly #lexicon: NameLexicon;
  readonly #memo = new Map<number, number>();

  constructor(kind: NameKind, pool: NamePool, lexicon: NameLexicon) {
    this.#kind = kind;
    this.#pool = pool;
    this.#lexicon = lexicon;
  }

  level(a: number, b: number): number {
    if (a === 0 || b === 0) return NAME_LEVEL.missing;
    if (a === b) return NAME_LEVEL.exact;
    const [low, high] = a < b ? [a, b] : [b, a];
    const pair = low * PAIR_BASE + high;
    const known = this.#memo.get(pair);
    if (known !== undefined) return known;
    if (this.#memo.size >= MEMO_LIMIT) this.#memo.clear();
    const level = this.#compare(this.#pool.name(low), this.#pool.name(high));
    this.#memo.set(pair, level);
    return level;
  }

  #compare(a: PooledName, b: PooledName): number {
    if (a.joined === b.joined) return NAME_LEVEL.exact;
    if (a.words.length !== 1 || b.words.length !== 1) {
      if (a.joinedKey === b.joinedKey || atMostOneEdit(a.joined, b.joined)) return NAME_LEVEL.close;
      if (this.#lexicon.relation(this.#kind, a.joined, b.joined) === 'spelling') return NAME_LEVEL.close;
    }
    return this.#pairWords(a, b);
  }

  #pairWords(a: PooledName, b: PooledName): number {
    const restB = [...b.strongWords];
    let restA = [...a.strongWords];
    let worst = -1;
    for (const level of [NAME_LEVEL.exact, NAME_LEVEL.close, NAME_LEVEL.near])
      restA = restA.filter((word) => {
        const found = restB.findIndex((other) => this.#compareWords(word, other) === level);
        if (found < 0) return true;
        restB.splice(found, 1);
        worst = level;
        return false;
      });
    if (worst < 0) return jaroWinkler(a.joined, b.joined) >= NEAR_SIMILARITY ? NAME_LEVEL.weak : NAME_LEVEL.different;
    if (restA.length > 0 && restB.length > 0) return NAME_LEVEL.weak;
    if (restA.length === 0 && restB.length === 0) return worst;
    return worst === NAME_LEVEL.near ? NAME_LEVEL.near : NAME_LEVEL.contained;
  }

  #compareWords(a: string, b: string): number {
    if (a === b) return NAME_LEVEL.exact;
    const relation = this.#lexicon.relation(this.#kind, a, b);
    if (relation === 'spelling') return NAME_LEVEL.close;
    if (relation === 'usage') return NAME_LEVEL.near;
    if (relation === 'look-alike') return NAME_LEVEL.different;
    if (a.length === 1 || b.length === 1) return a[0] === b[0] ? NAME_LEVEL.near : NAME_LEVEL.different;
    const long = Math.min(a.length, b.length) >= SHORTEST_NEAR;
    const alike = phoneticKey(a) === phoneticKey(b) || (long && atMostOneEdit(a, b));
    if (alike) return relation === 'known-different' ? NAME_LEVEL.near : NAME_LEVEL.close;
    return long && jaroWinkler(a, b) >= NEAR_SIMILARITY ? NAME_LEVEL.near : NAME_LEVEL.different;
  }
}
