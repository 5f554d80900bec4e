import { COVERED_STATES, ENROLMENT_STATES, type EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Gazetteer } from '../../domain/gazetteer.ts';
import type { CountedGroup, Dimension, GroupKey, WaitingGroup } from '../../store/report/breakdown.ts';

/** What reports break figures down by, in their order, with the words for it. */
export const BREAKDOWNS = {
  region: 'Région',
  departement: 'Département',
  commune: 'Commune',
  insurer: 'Assureur',
  sex: 'Sexe',
  'age-band': 'Tranche d’âge',
  cohort: 'Génération',
  milieu: 'Milieu',
  'birth-record': 'Inscription à l’état civil',
} as const;
export type Breakdown = keyof typeof BREAKDOWNS;

/** People with one value of a breakdown. */
export interface PeopleGroup {
  readonly by: Breakdown;
  /** As people read it. */
  readonly value: string;
  /** Of a département: the région and the insurer it belongs to, by the same words as their own groups. */
  readonly within: Within | null;
  readonly people: number;
  /** People that count for the rate of enrolment: without the discarded. */
  readonly eligible: number;
  readonly covered: number;
  readonly enrolled: number;
  readonly toReview: number;
  /** Those who wait at the close, from this run or an earlier one, and the days they have waited together. */
  readonly waiting: number;
  readonly daysWaited: number;
}

export interface Within {
  readonly region: string;
  readonly insurer: string;
}

export const UNKNOWN = 'non renseigné';
/** People of places that nobody recognises; a group of its own, and no région. */
export const UNKNOWN_PLACE = 'localité non reconnue';

type Counts = Omit<PeopleGroup, 'by' | 'value' | 'within'>;
const NOBODY: Counts = { people: 0, eligible: 0, covered: 0, enrolled: 0, toReview: 0, waiting: 0, daysWaited: 0 };
const COVERED: ReadonlySet<EnrolmentState> = new Set(COVERED_STATES);
const DISCARDED: ReadonlySet<EnrolmentState> = new Set(['discarded-duplicate', 'discarded-deceased', 'out-of-scope']);
const ENROLLED: ReadonlySet<EnrolmentState> = new Set(['enrolled', 'renewed']);

/**
 * Groups a run's people for reports, places under the names of the table of départements, whatever the RNU wrote, each
 * place with its insurer. Groups come in the order of {@link BREAKDOWNS}, values in alphabetical order.
 */
export function peopleGroups(
  counted: readonly CountedGroup[],
  waiting: readonly WaitingGroup[],
  gazetteer: Gazetteer,
): readonly PeopleGroup[] {
  const found = new Map<Breakdown, Map<string, Counts>>();
  const within = new Map<string, Within>();
  const add = (group: GroupKey, counts: Partial<Counts>): void => {
    const values = readableValues(group, gazetteer);
    const { departement, region, insurer } = Object.fromEntries(values) as Partial<Record<Breakdown, string>>;
    if (departement !== undefined && region !== undefined && insurer !== undefined)
      within.set(departement, { region, insurer });
    for (const [by, value] of values) {
      const ofBreakdown = found.get(by) ?? new Map<string, Counts>();
      found.set(by, ofBreakdown.set(value, sum(ofBreakdown.get(value) ?? NOBODY, counts)));
    }
  };
  for (const group of counted) add(group, stateCounts(group));
  for (const group of waiting) add(group, { waiting: group.people, daysWaited: group.days });
  return (Object.keys(BREAKDOWNS) as Breakdown[]).flatMap((by) =>
    [...(found.get(by) ?? [])]
      .sort(([a], [b]) => a.localeCompare(b, 'fr', { numeric: true }))
      .map(([value, counts]) => ({
        by,
        value,
        within: by === 'departement' ? (within.get(value) ?? null) : null,
        ...counts,
      })),
  );
}

function stateCounts({ state, people }: CountedGroup): Partial<Counts> {
  return {
    people,
    eligible: DISCARDED.has(state) ? 0 : people,
    covered: COVERED.has(state) ? people : 0,
    enrolled: ENROLLED.has(state) ? people : 0,
    toReview: state === 'needs-review' ? people : 0,
  };
}

function sum(a: Counts, b: Partial<Counts>): Counts {
  return {
    people: a.people + (b.people ?? 0),
    eligible: a.eligible + (b.eligible ?? 0),
    covered: a.covered + (b.covered ?? 0),
    enrolled: a.enrolled + (b.enrolled ?? 0),
    toReview: a.toReview + (b.toReview ?? 0),
    waiting: a.waiting + (b.waiting ?? 0),
    daysWaited: a.daysWaited + (b.daysWaited ?? 0),
  };
}

const READABLE: Readonly<Record<Exclude<Dimension, 'place'>, Readonly<Record<string, string>>>> = {
  sex: { M: 'Hommes', F: 'Femmes' },
  'age-band': {},
  cohort: {},
  milieu: {},
  'birth-record': { yes: 'inscrits', no: 'non inscrits', unknown: UNKNOWN },
};

function readableValues(
  { dimension, value }: GroupKey,
  gazetteer: Gazetteer,
): readonly (readonly [Breakdown, string])[] {
  if (dimension === null) return [];
  if (dimension !== 'place') return [[dimension, READABLE[dimension][value] ?? (value === '' ? UNKNOWN : value)]];
  const [region = '', departement = '', commune = ''] = JSON.parse(value) as string[];
  const known = gazetteer.recognise({ region, departement, commune });
  const inDepartement = known ? `${known.region} / ${known.name}` : UNKNOWN_PLACE;
  return [
    ['region', known?.region ?? UNKNOWN_PLACE],
    ['departement', inDepartement],
    ['commune', `${inDepartement} / ${commune === '' ? UNKNOWN : commune}`],
    ['insurer', known?.insurer ?? 'sans assureur'],
  ];
}

/** People by state, from the rows that count everybody. */
export function wholeRun(counted: readonly CountedGroup[]): Readonly<Record<EnrolmentState, number>> {
  const everybody = counted.filter(({ dimension }) => dimension === null);
  const of = (state: EnrolmentState): number => everybody.find((one) => one.state === state)?.people ?? 0;
  return Object.fromEntries(ENROLMENT_STATES.map((state) => [state, of(state)])) as Record<EnrolmentState, number>;
}
