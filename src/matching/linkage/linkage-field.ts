import { DATE_LEVEL_GROUPS } from './date-levels.ts';

/** How the values of a field are compared. */
export type FieldKind = 'name' | 'date' | 'sex' | 'text' | 'number' | 'exact';

/** A column of a file to be linked. */
export interface LinkageField {
  readonly name: string;
  readonly kind: FieldKind;
  /** Field whose level must be known to tell what agreement here is worth: one commune implies one region. */
  readonly dependsOn: string | null;
  /** Whether relatives share it: then its agreement speaks for one family as much as for one person. */
  readonly inFamily: 'shared' | 'individual';
}

const field = (
  name: string,
  kind: FieldKind,
  inFamily: LinkageField['inFamily'],
  dependsOn: string | null = null,
): LinkageField => ({ name, kind, inFamily, dependsOn });

/** The known columns; a field stands after the one it depends on. Other columns are compared exactly. */
export const LINKAGE_FIELDS: readonly LinkageField[] = [
  field('given_names', 'name', 'individual'),
  field('family_name', 'name', 'shared'),
  field('date_of_birth', 'date', 'shared'),
  field('sex', 'sex', 'individual', 'given_names'),
  field('national_id', 'number', 'individual'),
  field('father_given', 'name', 'shared'),
  field('mother_given', 'name', 'shared'),
  field('mother_family', 'name', 'shared'),
  field('region', 'text', 'shared'),
  field('commune', 'text', 'shared', 'region'),
  field('postal_code', 'number', 'shared', 'commune'),
  field('place_of_birth', 'text', 'shared', 'commune'),
  field('address', 'text', 'shared', 'commune'),
  field('phone', 'number', 'shared'),
  field('email', 'text', 'individual'),
  field('occupation', 'text', 'individual'),
  field('household_id', 'exact', 'shared'),
];

/** Columns that hold both names, in files that may also give them apart. */
const WHOLE_NAMES: readonly string[] = ['fullname', 'name', 'firstandsurname', 'nomcomplet', 'nomprenom', 'prenomnom'];

/**
 * A column nobody described: a text, which is alike or not. A whole name beside its two parts says little more than they
 * do, and must not be counted as if it did.
 */
export function unknownField(name: string): LinkageField {
  const isWholeName = WHOLE_NAMES.includes(name.toLowerCase().replace(/[^a-z]/g, ''));
  return field(name, 'text', 'individual', isWholeName ? 'family_name' : null);
}

/** Levels of each kind, best first. A missing value has the level after the last and says nothing. */
export const LEVELS_OF_KIND: Readonly<Record<FieldKind, readonly string[]>> = {
  name: ['exact', 'close', 'contained', 'near', 'weak', 'different'],
  date: [
    'equal',
    'slip',
    'same-month',
    'two-slips',
    'same-year',
    'further',
    'far',
    'month',
    'near-month',
    'further-month',
    'year',
    'near-year',
    'further-year',
  ],
  sex: ['equal', 'different'],
  text: ['exact', 'near', 'different'],
  number: ['equal', 'slip', 'different'],
  exact: ['equal', 'different'],
};

/** First levels of groups within a kind that say nothing themselves: the precision of a date is no evidence. */
export const LEVEL_GROUPS: Readonly<Partial<Record<FieldKind, readonly number[]>>> = { date: DATE_LEVEL_GROUPS };

/** Number of levels of a kind, without the missing one; also the code of "missing". */
export function levelCount(kind: FieldKind): number {
  return LEVELS_OF_KIND[kind].length;
}
