import type { LabelledTask } from '../../fixtures/linkage/registry-task.ts';
import type { WrittenRecord } from '../../fixtures/linkage/written-record.ts';
import type { LinkedPair } from '../../src/matching/linkage/link-tables.ts';

/** Recall of one group of true pairs, at score ≥ 0.5. */
export interface GroupRecall {
  readonly by: string;
  readonly group: string;
  readonly pairs: number;
  readonly recall: number;
  /** The same among pairs whose two dates are full and whose two places are given: equal quality of data. */
  readonly recallAtEqualData: number;
}

/** Groups smaller than this say nothing. */
const SMALLEST = 100;

const GROUPINGS: Readonly<Record<string, (left: WrittenRecord, right: WrittenRecord) => string>> = {
  sex: (_, right) => right['sex'] ?? '',
  age: (left, right) => ageBand(Number((right['date_of_birth'] || left['date_of_birth'] || '').slice(0, 4))),
  région: (left) => left['region'] ?? '',
  'name language': (_, right) => nameLanguage(right['family_name'] ?? ''),
  'date quality': (left, right) => dateQuality(left['date_of_birth'] ?? '', right['date_of_birth'] ?? ''),
};

/** Recall by group, the largest groups first within each grouping. */
export function recallByGroup(task: LabelledTask, pairs: readonly LinkedPair[]): readonly GroupRecall[] {
  const found = new Set(pairs.filter(({ score }) => score >= 0.5).map((pair) => `${pair.leftId},${pair.rightId}`));
  const rows = new Map([...task.left, ...task.right].map((record) => [record['id'] ?? '', record]));
  return Object.entries(GROUPINGS).flatMap(([by, groupOf]) => {
    const groups = new Map<string, Tally>();
    for (const key of task.truth) {
      const [left, right] = key.split(',').map((id) => rows.get(id));
      if (!left || !right) continue;
      const group = groupOf(left, right);
      const tally = groups.get(group) ?? { all: 0, found: 0, equal: 0, equalFound: 0 };
      groups.set(group, tally);
      count(tally, found.has(key), isWellDocumented(left) && isWellDocumented(right));
    }
    return [...groups]
      .filter(([group, { all }]) => group !== '' && all >= SMALLEST)
      .sort(([, a], [, b]) => b.all - a.all)
      .map(([group, { all, found: right, equal, equalFound }]) => ({
        by,
        group,
        pairs: all,
        recall: right / all,
        recallAtEqualData: equal >= SMALLEST ? equalFound / equal : Number.NaN,
      }));
  });
}

interface Tally {
  all: number;
  found: number;
  equal: number;
  equalFound: number;
}

function count(tally: Tally, isFound: boolean, isEqual: boolean): void {
  tally.all++;
  if (isFound) tally.found++;
  if (isEqual) tally.equal++;
  if (isEqual && isFound) tally.equalFound++;
}

function isWellDocumented(record: WrittenRecord): boolean {
  const date = record['date_of_birth'] ?? '';
  return date.length === 10 && !date.endsWith('-01-01') && record['place_of_birth'] !== '';
}

function ageBand(year: number): string {
  if (Number.isNaN(year) || year === 0) return '';
  const age = 2026 - year;
  return age < 6 ? '0–5' : age < 15 ? '6–14' : age < 35 ? '15–34' : age < 60 ? '35–59' : '60 and more';
}

function dateQuality(left: string, right: string): string {
  if (left === '' || right === '') return 'missing on a side';
  const isFull = (date: string): boolean => date.length === 10 && !date.endsWith('-01-01');
  return isFull(left) && isFull(right) ? 'full on both sides' : 'month or year on a side';
}

/** Where a family name is mostly from; a rough sort by the best-known names, the others together. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  Wolof: ['Ndiaye', 'Diop', 'Fall', 'Gueye', 'Seck', 'Mbaye', 'Niang', 'Mbengue', 'Samb', 'Lo', 'Wade'],
  Pulaar: ['Ba', 'Sow', 'Diallo', 'Sy', 'Kane', 'Ly', 'Thiam', 'Barry', 'Balde', 'Dia', 'Ka'],
  Serer: ['Faye', 'Diouf', 'Sarr', 'Sène', 'Ndour', 'Ngom', 'Senghor', 'Thiaw', 'Diome', 'Ndong'],
  Diola: ['Diatta', 'Badji', 'Sané', 'Coly', 'Sagna', 'Diédhiou', 'Bodian', 'Sambou', 'Goudiaby', 'Tendeng'],
  Mandé: ['Cissé', 'Cisse', 'Touré', 'Traoré', 'Camara', 'Diarra', 'Keita', 'Coulibaly', 'Konaté', 'Sidibé'],
};

function nameLanguage(family: string): string {
  const found = Object.entries(LANGUAGES).find(([, names]) => names.includes(family));
  return found?.[0] ?? 'other names and spellings';
}
