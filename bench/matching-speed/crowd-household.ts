import type { NameLists } from '../../fixtures/population/names/name-lists.ts';
import type { RandomStream } from '../../fixtures/population/random/random-stream.ts';
import type { Country, Place } from '../../fixtures/population/tables/place.ts';
import type { Sex } from '../../src/domain/person.ts';

/** Columns of the file, in the order of a row's members. */
export const CROWD_COLUMNS = [
  'id',
  'given_names',
  'family_name',
  'sex',
  'date_of_birth',
  'place_of_birth',
  'commune',
  'region',
  'phone',
  'national_id',
  'father_given',
  'mother_given',
  'mother_family',
  'household_id',
] as const;

export type CrowdRow = Record<(typeof CROWD_COLUMNS)[number], string>;

interface Setting {
  readonly lists: NameLists;
  readonly stream: RandomStream;
  readonly place: Place;
  readonly country: Country;
  readonly phone: string;
  readonly household: string;
}

const THIS_YEAR = 2026;
const RURAL = 0.6;

/** The people of one household: a couple, their children and sometimes a relative. Ids go on from `taken`. */
export function householdRows(
  number: number,
  taken: number,
  lists: NameLists,
  country: Country,
  stream: RandomStream,
): CrowdRow[] {
  const place = country.draw(stream, RURAL);
  const phone = stream.chance(0.7) ? `77${String(stream.below(10_000_000)).padStart(7, '0')}` : '';
  const setting = { lists, stream, place, country, phone, household: `H${number}` };
  const [fatherFamily, motherFamily] = [lists.familyName(place.region, stream), lists.familyName(place.region, stream)];
  const [fatherGiven, motherGiven] = [givenNames('M', setting), givenNames('F', setting)];
  const fatherYear = THIS_YEAR - stream.between(28, 75);
  const rows = [
    person(`P${taken}`, 'M', fatherGiven, fatherFamily, fatherYear, grandparents(setting), setting),
    person(
      `P${taken + 1}`,
      'F',
      motherGiven,
      motherFamily,
      fatherYear + stream.between(2, 12),
      grandparents(setting),
      setting,
    ),
  ];
  const parents = { father_given: fatherGiven, mother_given: motherGiven, mother_family: motherFamily };
  const children = stream.between(1, 8);
  for (let child = 0; child < children; child++) {
    const sex: Sex = stream.chance(0.5) ? 'M' : 'F';
    const year = Math.min(THIS_YEAR - 1, fatherYear + stream.between(20, 40));
    rows.push(person(`P${taken + rows.length}`, sex, givenNames(sex, setting), fatherFamily, year, parents, setting));
  }
  return rows;
}

type Parents = Pick<CrowdRow, 'father_given' | 'mother_given' | 'mother_family'>;

function grandparents(setting: Setting): Parents {
  return {
    father_given: givenNames('M', setting),
    mother_given: givenNames('F', setting),
    mother_family: setting.lists.familyName(setting.place.region, setting.stream),
  };
}

function givenNames(sex: Sex, { lists, stream }: Setting): string {
  if (stream.chance(0.12)) return lists.compoundGivenNames(sex, stream).join(' ');
  const first = lists.givenName(sex, stream);
  return stream.chance(0.15) ? `${first} ${lists.givenName(sex, stream)}` : first;
}

function person(
  id: string,
  sex: Sex,
  given: string,
  family: string,
  year: number,
  parents: Parents,
  { stream, place, country, phone, household }: Setting,
): CrowdRow {
  const day = `${year}-${two(stream.between(1, 12))}-${two(stream.between(1, 28))}`;
  const number = `${sex === 'M' ? 1 : 2}${100 + place.departementIndex}${year}${String(stream.below(100_000)).padStart(5, '0')}`;
  return {
    id,
    given_names: given,
    family_name: family,
    sex,
    date_of_birth: stream.chance(0.2) ? String(year) : day,
    place_of_birth: stream.chance(0.75) ? place.commune : country.draw(stream, RURAL).commune,
    commune: place.commune,
    region: place.region,
    phone,
    national_id: THIS_YEAR - year >= 16 && stream.chance(0.6) ? number : '',
    ...parents,
    household_id: household,
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
