import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { NameKind, NameLexicon } from '../name-lexicon.ts';
import { LevelGrid } from './level-grid.ts';
import { mayBeAlike, mayBeOneEdit } from './letter-bounds.ts';
import { FORM, FORM_WIDTH } from './name-forms.ts';
import { MOST_WORDS } from './name-pool.ts';
import type { NamePool, PooledName, PooledWord } from './name-pool.ts';
import { PairMemo } from './pair-memo.ts';

/** Codes of the name levels, in the order of `LEVELS_OF_KIND.name`. */
export const NAME_LEVEL = { exact: 0, close: 1, contained: 2, near: 3, weak: 4, different: 5, missing: 6 } as const;

const NEAR_SIMILARITY = 0.88;
/** Two slips in one word; by chance one pair of names in eighty is as alike. */
const WEAK_SIMILARITY = 0.8;
/** Below this length one letter makes another name. */
const SHORTEST_NEAR = 4;

/** Levels of two words at which they may be one, best first. */
const WORD_LEVELS = [NAME_LEVEL.exact, NAME_LEVEL.close, NAME_LEVEL.near, NAME_LEVEL.weak] as const;

/** Levels of pairs of pooled names of one kind. Same pair, same level; symmetric. */
export class NameLevels {
  readonly #kind: NameKind;
  readonly #lexicon: NameLexicon;
  readonly #pool: NamePool;
  readonly #names: PairMemo;
  readonly #words: LevelGrid;
  readonly #compareNames: (low: number, high: number) => number;
  /** Levels of the words of two names, those of the first one by rows: filled anew for each pair of names. */
  readonly #levels = new Uint8Array(MOST_WORDS * MOST_WORDS);

  /** `names` and `words` remember; no level depends on them. */
  constructor(
    kind: NameKind,
    pool: NamePool,
    lexicon: NameLexicon,
    remember: { readonly names: PairMemo; readonly wordBits?: number } = { names: new PairMemo() },
  ) {
    this.#kind = kind;
    this.#lexicon = lexicon;
    this.#pool = pool;
    this.#names = remember.names;
    this.#compareNames = (low, high) => this.#compare(low, high);
    this.#words = new LevelGrid((low, high) => this.#compareWords(pool.word(low), pool.word(high)), remember.wordBits);
  }

  level(a: number, b: number): number {
    return this.#levelOf(a, b, this.#pool.forms.soleWords);
  }

  /** Levels of the first `count` pairs of `a` and `b`. */
  fill(a: Int32Array, b: Int32Array, count: number, levels: Uint8Array): void {
    const { soleWords } = this.#pool.forms;
    for (let at = 0; at < count; at++) levels[at] = this.#levelOf(a[at] ?? 0, b[at] ?? 0, soleWords);
  }

  #levelOf(a: number, b: number, soleWords: Int32Array): number {
    if (a === 0 || b === 0) return NAME_LEVEL.missing;
    if (a === b) return NAME_LEVEL.exact;
    const wordA = soleWords[a] ?? 0;
    const wordB = soleWords[b] ?? 0;
    // Most names are one word, and pairs of words are fewer than pairs of names.
    if (wordA === 0 || wordB === 0) return this.#names.level(a, b, this.#compareNames);
    return wordA === wordB ? NAME_LEVEL.exact : this.#words.level(wordA, wordB);
  }

  #compare(a: number, b: number): number {
    const { records } = this.#pool.forms;
    const [atA, atB] = [a * FORM_WIDTH, b * FORM_WIDTH];
    const sameHash = records[atA + FORM.joined] === records[atB + FORM.joined];
    if (sameHash && this.#pool.name(a).joined === this.#pool.name(b).joined) return NAME_LEVEL.exact;
    if (this.#isClose(a, b, records)) return NAME_LEVEL.close;
    return this.#pairWords(a, b, records);
  }

  /** As a whole: the same sound, one slip, or two spellings of a name in the files. */
  #isClose(a: number, b: number, records: Int32Array): boolean {
    const [atA, atB] = [a * FORM_WIDTH, b * FORM_WIDTH];
    const sameSound = records[atA + FORM.sound] === records[atB + FORM.sound];
    const oneEdit = mayBeOneEdit(
      records[atA + FORM.letters] ?? 0,
      records[atB + FORM.letters] ?? 0,
      records[atA + FORM.length] ?? 0,
      records[atB + FORM.length] ?? 0,
    );
    const listed = records[atA + FORM.listed] === 1 && records[atB + FORM.listed] === 1;
    if (!sameSound && !oneEdit && !listed) return false;
    const [nameA, nameB] = [this.#pool.name(a), this.#pool.name(b)];
    if (sameSound && nameA.joinedKey === nameB.joinedKey) return true;
    if (oneEdit && atMostOneEdit(nameA.joined, nameB.joined)) return true;
    return listed && this.#lexicon.relation(this.#kind, nameA.joined, nameB.joined) === 'spelling';
  }

  /** Each word is paired with at most one, better levels first. Words used are marked in masks. */
  #pairWords(a: number, b: number, records: Int32Array): number {
    const [atA, atB] = [a * FORM_WIDTH, b * FORM_WIDTH];
    const [countA, countB] = [records[atA + FORM.words] ?? 0, records[atB + FORM.words] ?? 0];
    const titlesA = records[atA + FORM.titles] ?? 0;
    const met = this.#fillLevels(records[atA] ?? 0, countA, records[atB] ?? 0, countB);
    let [usedA, usedB, worst, onlyTitles] = [0, 0, -1, true];
    for (const level of WORD_LEVELS) {
      if ((met & (1 << level)) === 0) continue;
      for (let i = 0; i < countA; i++) {
        if ((usedA & (1 << i)) !== 0) continue;
        for (let j = 0; j < countB; j++) {
          if ((usedB & (1 << j)) !== 0 || this.#levels[i * countB + j] !== level) continue;
          usedA |= 1 << i;
          usedB |= 1 << j;
          worst = level;
          onlyTitles &&= (titlesA & (1 << i)) !== 0;
          break;
        }
      }
    }
    if (worst < 0)
      return countA !== countB && this.#cutAlike(this.#pool.name(a), this.#pool.name(b))
        ? NAME_LEVEL.weak
        : NAME_LEVEL.different;
    const titlesB = records[atB + FORM.titles] ?? 0;
    // A word that found no partner and is more than a title.
    const besideA = ((1 << countA) - 1) & ~usedA & ~titlesA;
    const besideB = ((1 << countB) - 1) & ~usedB & ~titlesB;
    return overall(worst, onlyTitles, besideA !== 0, besideB !== 0);
  }

  /** Fills in the levels of words; returns a mask of those that occurred. */
  #fillLevels(firstA: number, countA: number, firstB: number, countB: number): number {
    const { words } = this.#pool.forms;
    let met = 0;
    for (let i = 0, at = 0; i < countA; i++) {
      const wordA = words[firstA + i] ?? 0;
      for (let j = 0; j < countB; j++, at++) {
        const wordB = words[firstB + j] ?? 0;
        const level = wordA === wordB ? NAME_LEVEL.exact : this.#words.level(wordA, wordB);
        this.#levels[at] = level;
        met |= 1 << level;
      }
    }
    return met;
  }

  /** Words cut at different places may still be alike as a whole. */
  #cutAlike(a: PooledName, b: PooledName): boolean {
    return (
      mayBeAlike(a.letters, b.letters, a.joined, b.joined, NEAR_SIMILARITY) &&
      jaroWinkler(a.joined, b.joined) >= NEAR_SIMILARITY
    );
  }

  #compareWords(a: PooledWord, b: PooledWord): number {
    const relation = this.#lexicon.relation(this.#kind, a.text, b.text);
    if (relation === 'spelling') return NAME_LEVEL.close;
    if (relation === 'usage') return NAME_LEVEL.near;
    if (relation === 'look-alike') return NAME_LEVEL.different;
    const shortest = Math.min(a.text.length, b.text.length);
    if (shortest === 1) return a.text[0] === b.text[0] ? NAME_LEVEL.near : NAME_LEVEL.different;
    const long = shortest >= SHORTEST_NEAR;
    const oneEdit = mayBeOneEdit(a.letters, b.letters, a.text.length, b.text.length) && atMostOneEdit(a.text, b.text);
    if (a.key === b.key || (long && oneEdit))
      return relation === 'known-different' ? NAME_LEVEL.near : NAME_LEVEL.close;
    if (!long) return oneEdit ? NAME_LEVEL.weak : NAME_LEVEL.different;
    if (!mayBeAlike(a.letters, b.letters, a.text, b.text, WEAK_SIMILARITY)) return NAME_LEVEL.different;
    const similarity = jaroWinkler(a.text, b.text);
    if (similarity >= NEAR_SIMILARITY) return NAME_LEVEL.near;
    return similarity >= WEAK_SIMILARITY && relation === 'unknown' ? NAME_LEVEL.weak : NAME_LEVEL.different;
  }
}

/** A title more or less changes nothing; a shared title with other names on both sides is nothing shared. */
function overall(worst: number, onlyTitles: boolean, moreInA: boolean, moreInB: boolean): number {
  if (moreInA && moreInB) return onlyTitles ? NAME_LEVEL.different : NAME_LEVEL.weak;
  if ((!moreInA && !moreInB) || worst === NAME_LEVEL.weak) return worst;
  return onlyTitles || worst === NAME_LEVEL.near ? NAME_LEVEL.near : NAME_LEVEL.contained;
}
