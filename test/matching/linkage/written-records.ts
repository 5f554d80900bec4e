import type { Dice, Person } from './synthetic-people.ts';

/** How carelessly a registry writes; shares of records. Assumed, not measured: they set a difficulty. */
export interface Carelessness {
  readonly spelling: number;
  readonly shortened: number;
  readonly swapped: number;
  readonly husbandsName: number;
  readonly monthOnly: number;
  readonly yearOnly: number;
  readonly yearOff: number;
  readonly daySlip: number;
  readonly noDate: number;
  readonly wrongSex: number;
  readonly noPlace: number;
  readonly parents: number;
  readonly number: number;
  readonly wrongNumber: number;
}

export const SOCIAL_REGISTRY: Carelessness = {
  spelling: 0.22,
  shortened: 0.1,
  swapped: 0.02,
  husbandsName: 0.05,
  monthOnly: 0.5,
  yearOnly: 0.18,
  yearOff: 0.06,
  daySlip: 0.03,
  noDate: 0.03,
  wrongSex: 0.01,
  noPlace: 0.1,
  parents: 0.6,
  number: 0.35,
  wrongNumber: 0.04,
};

export const CIVIL_REGISTRY: Carelessness = {
  spelling: 0.1,
  shortened: 0.04,
  swapped: 0.01,
  husbandsName: 0,
  monthOnly: 0,
  yearOnly: 0.06,
  yearOff: 0.01,
  daySlip: 0.02,
  noDate: 0.005,
  wrongSex: 0.005,
  noPlace: 0.02,
  parents: 0.95,
  number: 0.2,
  wrongNumber: 0.01,
};

export const COLUMNS = [
  'id',
  'given_names',
  'family_name',
  'sex',
  'date_of_birth',
  'place_of_birth',
  'commune',
  'national_id',
  'father_given',
  'mother_given',
  'mother_family',
  'household_id',
] as const;

/** A person as a registry wrote them, in the order of `COLUMNS`. */
export function writtenRecord(id: string, person: Person, household: string, care: Carelessness, dice: Dice): string[] {
  const married = person.husbandFamily !== null && dice.chance(care.husbandsName);
  let names = [
    writtenName(person.given, care, dice),
    writtenName(married ? person.husbandFamily : person.family, care, dice),
  ];
  if (dice.chance(care.swapped)) names = names.reverse();
  const sex = dice.chance(care.wrongSex) ? { M: 'F', F: 'M' }[person.sex] : person.sex;
  const hasParents = dice.chance(care.parents);
  const parent = (name: string): string => (hasParents ? writtenName(name, care, dice) : '');
  return [
    id,
    ...names.map((name) => name),
    sex,
    writtenDate(person, care, dice),
    dice.chance(care.noPlace) ? '' : writtenName(person.place, { ...care, shortened: 0 }, dice),
    person.commune,
    writtenNumber(person, care, dice),
    parent(person.fatherGiven),
    parent(person.motherGiven),
    parent(person.motherFamily),
    household,
  ];
}

function writtenNumber(person: Person, care: Carelessness, dice: Dice): string {
  if (person.year > 2008 || !dice.chance(care.number)) return '';
  if (!dice.chance(care.wrongNumber)) return person.nationalId;
  const at = 8 + dice.below(5);
  return person.nationalId.slice(0, at) + String(dice.below(10)) + person.nationalId.slice(at + 1);
}

function writtenDate(person: Person, care: Carelessness, dice: Dice): string {
  if (dice.chance(care.noDate)) return '';
  const year = person.year + (dice.chance(care.yearOff) ? dice.pick([-2, -1, 1, 2]) : 0);
  const [month, day] = dice.chance(care.daySlip) ? [person.month, 1 + dice.below(28)] : [person.month, person.day];
  const two = (value: number): string => String(value).padStart(2, '0');
  if (dice.chance(care.yearOnly)) return dice.chance(0.5) ? `${year}` : `${year}-01-01`;
  return dice.chance(care.monthOnly) ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`;
}

function writtenName(name: string, care: Carelessness, dice: Dice): string {
  let words = name.split(' ');
  if (words.length > 1 && dice.chance(care.shortened * 3))
    words = dice.chance(0.5) ? words.slice(0, -1) : words.slice(1);
  return words.map((word) => (dice.chance(care.spelling) ? respelled(word, dice) : word)).join(' ');
}

/** Habits of spelling, independent of the product's own lexicon; then plain slips of the keyboard. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/ou/i, 'u'],
  [/e$/i, ''],
  [/([^aeiou])$/i, '$1e'],
  [/h/i, ''],
  [/di(?=[aeou])/i, 'dj'],
  [/y$/i, 'i'],
  [/c(?=[aou])/i, 'k'],
  [/k/i, 'c'],
  [/ss/i, 's'],
  [/ll/i, 'l'],
  [/a/i, 'aa'],
  [/th/i, 't'],
  [/kh/i, 'x'],
  [/gu(?=e)/i, 'g'],
  [/ye$/i, 'y'],
  [/^n(?=d)/i, "N'"],
  [/f/i, 'ph'],
];

function respelled(word: string, dice: Dice): string {
  if (dice.chance(0.75)) {
    const habits = HABITS.filter(([pattern]) => pattern.test(word));
    if (habits.length > 0) {
      const [pattern, replacement] = dice.pick(habits);
      return word.replace(pattern, replacement);
    }
  }
  if (word.length < 4) return word;
  const at = 1 + dice.below(word.length - 2);
  const letter = 'aeiounlrst'.charAt(dice.below(10));
  return dice.pick([
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
  ]);
}
