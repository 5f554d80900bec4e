import { atMostOneEdit } from './edit-distance.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import type { NameKind, NameLexicon } from './name-lexicon.ts';
import { nameUnits } from './name-units.ts';
import type { NameUnit } from './name-units.ts';
import type { NameWord } from './normalise-name.ts';
import { phoneticKey } from './phonetic-key.ts';

/** How close two names are, best first; `missing` when one side has nothing comparable. */
export const NAME_LEVELS = [
  'exact',
  'spelling',
  'sound',
  'contained',
  'usage',
  'near',
  'overlap',
  'look-alike',
  'different',
  'missing',
] as const;

/** `spelling`: one group of the lexicon. `sound`: same phonetic key. `usage`: short form. `overlap`: both have more. */
export type NameLevel = (typeof NAME_LEVELS)[number];

/** Two names compared. */
export interface NameComparison {
  readonly level: NameLevel;
  /** The first names that are not titles are the same name, spelling aside. */
  readonly firstAgrees: boolean;
}

/** Similarity from which two words are "near". Among 148 family names 57 pairs reach it: never more than a doubt. */
const NEAR_SIMILARITY = 0.88;
/** Below this length one letter makes another name (Lo, Ly; Ka, Ba). */
const SHORTEST_NEAR = 4;

/**
 * Compares two family names or two lists of given names: words in any order, each used once, compounds of the
 * lexicon as one name, words cut or joined alike. Symmetric; never throws.
 */
export function compareNames(
  kind: NameKind,
  left: readonly NameWord[],
  right: readonly NameWord[],
  lexicon: NameLexicon,
): NameComparison {
  if (left.length === 0 || right.length === 0) return MISSING;
  if (sameWords(left, right)) return EXACT;
  const [a, b] = inFixedOrder(nameUnits(kind, left, lexicon), nameUnits(kind, right, lexicon));
  const [joinedA, joinedB] = [joined(a), joined(b)];
  if (joinedA === joinedB) return EXACT;
  if (lexicon.relation(kind, joinedA, joinedB) === 'spelling') return { level: 'spelling', firstAgrees: true };
  const pairing = pairUnits(kind, a, b, lexicon);
  const heads = compareUnits(kind, headUnit(a), headUnit(b), lexicon);
  return { level: overallLevel(pairing, heads), firstAgrees: heads === 'exact' || heads === 'spelling' };
}

const MISSING: NameComparison = Object.freeze({ level: 'missing', firstAgrees: false });
const EXACT: NameComparison = Object.freeze({ level: 'exact', firstAgrees: true });

/** What most comparisons are, known without a look at the lexicon. */
function sameWords(left: readonly NameWord[], right: readonly NameWord[]): boolean {
  return left.length === right.length && left.every(({ key }, at) => key === right[at]?.key);
}

/** The worse of two levels. */
export function worseLevel(a: NameLevel, b: NameLevel): NameLevel {
  return NAME_LEVELS.indexOf(a) >= NAME_LEVELS.indexOf(b) ? a : b;
}

interface Pairing {
  /** Worst level among the pairs that were made; null when there is none. */
  readonly worst: NameLevel | null;
  /** A pair of names that are not mere titles was made. */
  readonly namePaired: boolean;
  readonly restA: readonly NameUnit[];
  readonly restB: readonly NameUnit[];
}

const PAIRING_LEVELS: readonly NameLevel[] = ['exact', 'spelling', 'sound', 'contained', 'usage', 'near'];

function pairUnits(kind: NameKind, a: readonly NameUnit[], b: readonly NameUnit[], lexicon: NameLexicon): Pairing {
  const levels = a.map((unitA) => b.map((unitB) => compareUnits(kind, unitA, unitB, lexicon)));
  const usedA = new Set<number>();
  const usedB = new Set<number>();
  let worst: NameLevel | null = null;
  let namePaired = false;
  for (const level of PAIRING_LEVELS)
    a.forEach((unit, i) => {
      if (usedA.has(i)) return;
      const j = b.findIndex((_, candidate) => !usedB.has(candidate) && levels[i]?.[candidate] === level);
      if (j < 0) return;
      usedA.add(i);
      usedB.add(j);
      worst = level;
      if (!unit.title || a.length === 1 || b.length === 1) namePaired = true;
    });
  return { worst, namePaired, restA: a.filter((_, i) => !usedA.has(i)), restB: b.filter((_, j) => !usedB.has(j)) };
}

function overallLevel(pairing: Pairing, heads: NameLevel): NameLevel {
  const { worst, namePaired, restA, restB } = pairing;
  if (worst === null || !namePaired) return heads === 'look-alike' ? 'look-alike' : 'different';
  if (restA.length === 0 && restB.length === 0) return worst;
  if (restA.length > 0 && restB.length > 0) return 'overlap';
  return worseLevel(worst, 'contained');
}

const LEVEL_OF_RELATION = { spelling: 'spelling', usage: 'usage', 'look-alike': 'look-alike' } as const;

function compareUnits(kind: NameKind, a: NameUnit, b: NameUnit, lexicon: NameLexicon): NameLevel {
  if (a.key === b.key) return 'exact';
  if (holdsWords(a, b) || holdsWords(b, a)) return 'contained';
  const relation = lexicon.relation(kind, a.key, b.key);
  if (relation !== 'unknown' && relation !== 'known-different') return LEVEL_OF_RELATION[relation];
  // Two names that the lexicon lists apart are two names, however alike they sound (Diaw, Diao).
  const sameSound = phoneticKey(a.key) === phoneticKey(b.key);
  if (sameSound && relation === 'unknown') return 'sound';
  return sameSound || isNear(a.key, b.key) ? 'near' : 'different';
}

function holdsWords(whole: NameUnit, part: NameUnit): boolean {
  return whole.words.length > part.words.length && part.words.every((word) => whole.words.includes(word));
}

function isNear(a: string, b: string): boolean {
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  if (Math.min(a.length, b.length) < SHORTEST_NEAR) return false;
  return atMostOneEdit(a, b) || jaroWinkler(a, b) >= NEAR_SIMILARITY;
}

/** The first unit that is more than a title; the first one when all are titles. */
function headUnit(units: readonly NameUnit[]): NameUnit {
  return units.find((unit) => !unit.title) ?? units[0] ?? { key: '', words: [], title: false };
}

function joined(units: readonly NameUnit[]): string {
  return units.map((unit) => unit.key).join('');
}

/** Pairing is greedy: without a fixed order the result could depend on the side. */
function inFixedOrder(a: readonly NameUnit[], b: readonly NameUnit[]): [readonly NameUnit[], readonly NameUnit[]] {
  const text = (units: readonly NameUnit[]): string => units.map((unit) => unit.words.join(' ')).join('/');
  return text(a) <= text(b) ? [a, b] : [b, a];
}
