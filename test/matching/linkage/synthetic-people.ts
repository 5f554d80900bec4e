import { readFileSync } from 'node:fs';

/** A made-up person, as they truly are. */
export interface Person {
  readonly id: number;
  readonly household: number;
  readonly given: string;
  readonly family: string;
  readonly sex: 'M' | 'F';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly place: string;
  readonly commune: string;
  readonly fatherGiven: string;
  readonly motherGiven: string;
  readonly motherFamily: string;
  readonly husbandFamily: string | null;
  readonly nationalId: string;
}

/** Numbers that are the same for the same seed, on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const rows = (name: string): string[][] =>
  readFileSync(new URL(`../../../fixtures/data/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Draws names as often as their weight says. */
class WeightedNames {
  readonly #names: readonly string[];
  readonly #sums: readonly number[];

  constructor(weighted: readonly (readonly [string, number])[]) {
    let sum = 0;
    this.#names = weighted.map(([name]) => name);
    this.#sums = weighted.map(([, weight]) => (sum += weight));
  }

  draw(dice: Dice): string {
    const at = dice.next() * (this.#sums.at(-1) ?? 0);
    return this.#names[this.#sums.findIndex((sum) => sum > at)]!;
  }
}

const families = new WeightedNames(rows('family-names.csv').map(([name, weight]) => [name!, Number(weight)]));
const givenOf = (sex: string): WeightedNames =>
  new WeightedNames(
    rows('given-names.csv').flatMap(([name, s, weight]) => (s === sex ? [[name!, Number(weight)] as const] : [])),
  );
const given = { M: givenOf('M'), F: givenOf('F') };
const communes = rows('localities.csv').flatMap((row) =>
  `${row[5] ?? ''}/${row[6] ?? ''}`.split('/').filter((name) => name !== ''),
);
const TITLES = {
  M: ['El Hadji', 'Cheikh', 'Serigne', 'Pape', 'Mame'],
  F: ['Ndèye', 'Mame', 'Sokhna', 'Adja'],
} as const;

/** People in households: a father, one or two wives with their children, now and then somebody else. */
export function synthesisePeople(households: number, seed: number): readonly Person[] {
  const dice = new Dice(seed);
  const people: Person[] = [];
  for (let household = 0; household < households; household++) addHousehold(people, household, dice);
  return people;
}

function addHousehold(people: Person[], household: number, dice: Dice): void {
  const commune = communes[Math.floor(communes.length * dice.next() ** 1.7)]!;
  const add = (person: Partial<Person>): Person => {
    const made = makePerson(people.length, household, commune, dice, person);
    people.push(made);
    return made;
  };
  const father = add({ sex: 'M', year: 1945 + dice.below(50) });
  for (let wives = dice.chance(0.25) ? 2 : 1; wives > 0; wives--) {
    const wife = add({ sex: 'F', year: father.year + dice.below(15), husbandFamily: father.family });
    const parents = {
      family: father.family,
      fatherGiven: father.given,
      motherGiven: wife.given,
      motherFamily: wife.family,
    };
    let year = wife.year + 18 + dice.below(6);
    for (let children = dice.below(7); children > 0 && year < 2026; children--, year += 1 + dice.below(4)) {
      const child = add({ ...parents, year });
      if (dice.chance(0.015)) add({ ...parents, year, month: child.month, day: child.day });
    }
  }
  if (dice.chance(0.3)) add({ family: father.family, year: 1935 + dice.below(80) });
}

function makePerson(id: number, household: number, commune: string, dice: Dice, known: Partial<Person>): Person {
  const sex = known.sex ?? (dice.chance(0.5) ? 'M' : 'F');
  const year = known.year ?? 1950 + dice.below(70);
  const number = `${sex === 'M' ? 1 : 2}${100 + dice.below(800)}${year}${String(dice.below(100_000)).padStart(5, '0')}`;
  return {
    given: fullGivenName(sex, dice),
    family: families.draw(dice),
    month: 1 + dice.below(12),
    day: 1 + dice.below(28),
    place: dice.chance(0.75) ? commune : dice.pick(communes),
    fatherGiven: given.M.draw(dice),
    motherGiven: given.F.draw(dice),
    motherFamily: families.draw(dice),
    husbandFamily: null,
    nationalId: number,
    ...known,
    id,
    household,
    commune,
    sex,
    year,
  };
}

function fullGivenName(sex: 'M' | 'F', dice: Dice): string {
  const first = given[sex].draw(dice);
  if (dice.chance(0.08)) return `${dice.pick(TITLES[sex])} ${first}`;
  return dice.chance(0.15) ? `${first} ${given[sex].draw(dice)}` : first;
}
