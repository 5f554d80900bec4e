import type { RandomStream } from '../../fixtures/population/random/random-stream.ts';
import type { CrowdRow } from './crowd-household.ts';

/** Writes a person a second time as another clerk would: slips in names, dates and numbers, some values left out. */
export class Copyist {
  readonly #stream: RandomStream;

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  copy(row: CrowdRow, household: string): CrowdRow {
    const { given_names: given, date_of_birth: birth } = row;
    return {
      ...row,
      id: `${row.id}-bis`,
      given_names: this.#name(this.#stream.chance(0.1) ? (given.split(' ')[0] ?? given) : given),
      family_name: this.#name(row.family_name),
      date_of_birth: this.#date(birth),
      place_of_birth: this.#maybe(0.08, row.place_of_birth),
      phone: this.#maybe(0.4, row.phone),
      national_id: this.#maybe(0.3, row.national_id),
      father_given: this.#maybe(0.1, this.#name(row.father_given)),
      mother_given: this.#maybe(0.1, this.#name(row.mother_given)),
      mother_family: this.#maybe(0.15, row.mother_family),
      household_id: household,
    };
  }

  #maybe(missing: number, value: string): string {
    return this.#stream.chance(missing) ? '' : value;
  }

  /** One letter left out, doubled or exchanged with its neighbour, in one name of ten. */
  #name(name: string): string {
    if (name.length < 4 || !this.#stream.chance(0.1)) return name;
    const at = this.#stream.between(1, name.length - 2);
    const [before, letter, next, after] = [name.slice(0, at), name[at] ?? '', name[at + 1] ?? '', name.slice(at + 2)];
    return this.#stream.pick([
      before + next + after,
      before + letter + letter + next + after,
      before + next + letter + after,
    ]);
  }

  #date(date: string): string {
    if (date.length < 10 || this.#stream.chance(0.8)) return date;
    const [year = '', month = '', day = ''] = date.split('-');
    const slipped = String(Number(year) + this.#stream.pick([-1, 1]));
    return this.#stream.pick([
      year,
      `${year}-${month}`,
      `${slipped}-${month}-${day}`,
      `${year}-${month}-${day.split('').reverse().join('')}`,
    ]);
  }
}
