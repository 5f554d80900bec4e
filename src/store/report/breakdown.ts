import { sql, type RawBuilder } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import { waitingFrom, waitingOnly, type ReportedRun } from './person-rows.ts';

/** What people are counted by. `place` is région, département and commune; `birth-record` whether the RNU knows one. */
export const DIMENSIONS = ['place', 'sex', 'age-band', 'cohort', 'milieu', 'birth-record'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One value of a dimension; empty text where it is unknown. */
export interface GroupKey {
  /** Null for everybody. */
  readonly dimension: Dimension | null;
  /** Text of the value; of a place, the JSON array `[région, département, commune]`. */
  readonly value: string;
}

/** People of one state within a group. */
export interface CountedGroup extends GroupKey {
  readonly state: EnrolmentState;
  readonly people: number;
}

/** People of a group who wait for a decision, and the days they have waited together. */
export interface WaitingGroup extends GroupKey {
  readonly people: number;
  readonly days: number;
}

/** Age bands of the agency's reports, by youngest age. */
export const AGE_BANDS = [
  { from: 0, label: '0–4 ans' },
  { from: 5, label: '5–14 ans' },
  { from: 15, label: '15–24 ans' },
  { from: 25, label: '25–59 ans' },
  { from: 60, label: '60 ans et plus' },
] as const;

const ageBand = sql.raw(
  `case ${[...AGE_BANDS]
    .reverse()
    .map(({ from, label }) => `when rp.age >= ${from} then '${label}'`)
    .join(' ')} else '' end`,
);
const values = sql`
  jsonb_build_array(rp.region, rp.departement, rp.commune)::text as place, coalesce(rp.sex, '') as sex,
  ${ageBand} as "age-band", coalesce(rp.cohort, '') as cohort, coalesce(rp.milieu, '') as milieu,
  rp.civil_registration as "birth-record"`;
const names = sql.join(DIMENSIONS.map((name) => sql.ref(name)));

/** Counts a closed run's people by state, over everybody and over each dimension, in one reading. */
export async function breakdown(db: Executor, runId: string): Promise<readonly CountedGroup[]> {
  const sets = sql.join([sql`(state)`, ...DIMENSIONS.map((name) => sql`(state, ${sql.ref(name)})`)]);
  return grouped(
    db,
    sql`select state, count(*)::int as people, grouping(${names}) as set, ${names}
          from (select rp.state, ${values} from run_person rp where rp.run_id = ${runId}::bigint) person
         group by grouping sets (${sets})`,
  );
}

/** Counts those who wait for a decision as the run closed, whichever run put them there, and their days. */
export async function waitingBreakdown(db: Executor, run: ReportedRun): Promise<readonly WaitingGroup[]> {
  const sets = sql.join([sql`()`, ...DIMENSIONS.map((name) => sql`(${sql.ref(name)})`)]);
  return grouped(
    db,
    sql`select count(*)::int as people, coalesce(sum(days), 0)::float8 as days, grouping(${names}) as set, ${names}
          from (select extract(epoch from reported.closed_at - rp.doubted_at) / 86400 as days, ${values}
                  from ${waitingFrom(run)} where ${waitingOnly(run)}) person
         group by grouping sets (${sets})`,
  );
}

/** Runs a query that returns `set` and a column per dimension, and names the group of each row. */
async function grouped<Counted>(db: Executor, query: RawBuilder<unknown>): Promise<readonly (GroupKey & Counted)[]> {
  const { rows } = await sql<Counted & { set: number } & Record<Dimension, string>>`${query}`.execute(db);
  return rows.map((row) => {
    const dimension = dimensionOf(row.set);
    return { ...row, dimension, value: dimension === null ? '' : row[dimension] };
  });
}

/** `grouping` sets the bit of every column that is not grouped by; the first column has the highest bit. */
function dimensionOf(set: number): Dimension | null {
  return DIMENSIONS.find((_, at) => (set & (1 << (DIMENSIONS.length - 1 - at))) === 0) ?? null;
}
