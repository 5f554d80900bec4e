/** People of a made-up country as the pipeline sees them, and whose every registry record really is. */
import { buildHousehold } from '../../fixtures/population/household-core.ts';
import { generatePopulation, worldOf, type PopulationOptions } from '../../fixtures/population/population.ts';
import { birthActOf } from '../../fixtures/population/registries/registry-records.ts';
import { registrationCode } from '../../fixtures/population/registries/covers.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';
import type { TruthEntry } from '../../fixtures/population/truth.ts';
import type { BirthAct, Registries } from '../../fixtures/sandbox/registries.ts';
import type { HouseholdMember } from '../../src/domain/person.ts';
import type { ColumnCatalogue } from '../../src/pipeline/intake/column-catalogue.ts';
import { RowReader } from '../../src/pipeline/intake/row-to-member.ts';
import type { Home } from '../../src/pipeline/verify/assess-evidence.ts';
import type { StagedPerson } from '../../src/store/intake/staged-person.ts';

export interface LabelledPerson {
  readonly member: HouseholdMember;
  readonly home: Home;
  readonly truth: TruthEntry;
}

export interface LabelledPopulation {
  readonly people: readonly LabelledPerson[];
  readonly registries: Registries;
  /** Human whose record it is: `nin:…`, `act:…` or `cover:…`; absent for people outside the batch. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Generates a population and labels it. */
export function labelledPopulation(options: PopulationOptions, catalogue: ColumnCatalogue): LabelledPopulation {
  const world = worldOf(options);
  const { households, registries } = generatePopulation(options);
  const owners = new Map<string, string>();
  const people: LabelledPerson[] = [];
  const reader = new RowReader(catalogue);
  for (const { index, rows, truth } of households) {
    for (const resident of buildHousehold(world, index).residents) {
      const { id, position } = resident.human;
      if (resident.papers.card) owners.set(`nin:${resident.papers.card.nin}`, id);
      const act = birthActOf(resident);
      if (act) owners.set(actKey(act), id);
      owners.set(`cover:${registrationCode(index, position)}`, id);
    }
    people.push(...peopleOf(rows, truth, reader));
  }
  return { people, registries, owners };
}

/** Two acts may bear one number, so the name is part of the key. */
export function actKey(act: Pick<BirthAct, 'centre' | 'registerYear' | 'registerNumber' | 'givenNames'>): string {
  return `act:${act.centre}-${act.registerYear}-${act.registerNumber} ${act.givenNames.join(' ')}`;
}

function peopleOf(rows: readonly RnuRow[], truth: readonly TruthEntry[], reader: RowReader): readonly LabelledPerson[] {
  const staged = rows.map((row) => reader.read((field) => (row as Readonly<Record<string, string>>)[field]));
  const lines = staged.map((reading) => ('person' in reading ? reading.person : null));
  const nameOf = (number: number | null): string | null =>
    lines.find((line) => line?.member.memberNumber === number)?.member.fullName ?? null;
  return lines.flatMap((line, at) => {
    const entry = truth[at];
    return line && entry ? [{ member: memberOf(line, nameOf), home: line.household, truth: entry }] : [];
  });
}

function memberOf(
  { household, member }: StagedPerson,
  nameOf: (number: number | null) => string | null,
): HouseholdMember {
  const isHead = member.relationship === 1;
  return {
    ...member,
    ref: `${household.refKey}/${member.memberNumber}`,
    fatherName: nameOf(member.fatherNumber) ?? (isHead ? household.headFather : null),
    motherName: nameOf(member.motherNumber) ?? (isHead ? household.headMother : null),
  };
}
