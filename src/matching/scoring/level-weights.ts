import type { DateLevel } from '../compare-dates.ts';
import { NAME_LEVELS } from '../compare-names.ts';
import { IdentityWeightsError } from './weights-error.ts';

/** Probability of one level among pairs of one person, of one family, of strangers. */
export interface LevelWeight {
  readonly same: number;
  /** Null where relatives are like strangers who may be namesakes: given names. */
  readonly family: number | null;
  readonly stranger: number;
}

/** The levels of one field by name; every column adds up to 1. */
export type LevelWeights = ReadonlyMap<string, LevelWeight>;

const WITH_MARKERS = [...NAME_LEVELS.filter((level) => level !== 'missing'), 'swapped'] as const;
const GIVEN_LEVELS = [...WITH_MARKERS, 'nickname'];
const FAMILY_LEVELS = [...WITH_MARKERS, 'married-name'];
const NUMBER_LEVELS = ['equal', 'slip', 'different'];
const EQUALITY = ['equal', 'different'];
const dates = (...levels: DateLevel[]): readonly string[] => levels;

/** The tables of the file, by path, and the levels each must hold. Births: by the coarser precision of the two dates. */
export const WEIGHT_TABLES: Readonly<Record<string, readonly string[]>> = {
  'given-names': GIVEN_LEVELS,
  'family-name': FAMILY_LEVELS,
  sex: EQUALITY,
  'birth.day': dates('equal-day', 'slip', 'two-slips', 'same-year', 'near-year', 'further'),
  'birth.month': dates('equal-month', 'same-year', 'near-year', 'further'),
  'birth.year': dates('equal-year', 'near-year', 'further'),
  'birth.about': dates('about', 'further'),
  'national-id': NUMBER_LEVELS,
  'act-number': NUMBER_LEVELS,
  reference: EQUALITY,
  father: GIVEN_LEVELS,
  mother: GIVEN_LEVELS,
  place: ['equal', 'near', 'different'],
  'household.same-batch': EQUALITY,
  'household.earlier-batch': EQUALITY,
};

/** Fields whose relatives' column follows from the strangers' and the share of namesakes. */
const WITHOUT_FAMILY = ['given-names'];

/** Reads one table. Throws `IdentityWeightsError` naming the level or the column. */
export function readLevelWeights(path: string, value: unknown): LevelWeights {
  const member = `fields.${path}`;
  const levels = WEIGHT_TABLES[path] ?? [];
  if (typeof value !== 'object' || value === null) throw new IdentityWeightsError(member, 'un tableau de niveaux');
  const table = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(table).find((level) => !levels.includes(level));
  if (unknown !== undefined) throw new IdentityWeightsError(`${member}.${unknown}`, `l’un de ${levels.join(', ')}`);
  const columns = WITHOUT_FAMILY.includes(path) ? (['same', 'stranger'] as const) : COLUMNS;
  const weights = new Map(
    levels.map((level) => {
      const [same = 0, stranger = 0, family = null] = columns.map((column) =>
        shareAt(table[level], column, `${member}.${level}`),
      );
      return [level, { same, stranger, family }] as const;
    }),
  );
  for (const column of columns) {
    const total = [...weights.values()].reduce((sum, weight) => sum + (weight[column] ?? 0), 0);
    if (Math.abs(total - 1) > 1e-6) throw new IdentityWeightsError(`${member}, colonne ${column}`, 'une somme de 1');
  }
  return weights;
}

const COLUMNS = ['same', 'stranger', 'family'] as const;

/** No share is 0: what was thought impossible must stay possible, or one field would outvote all others. */
function shareAt(row: unknown, column: string, member: string): number {
  const value = typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>)[column] : null;
  if (typeof value !== 'number' || !(value > 0 && value < 1))
    throw new IdentityWeightsError(`${member}.${column}`, 'une part entre 0 et 1, bornes exclues');
  return value;
}
