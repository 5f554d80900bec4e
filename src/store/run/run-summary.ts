import { sql } from 'kysely';
import { ENROLMENT_STATES, isEnrolmentState, type EnrolmentState } from '../../domain/enrolment-state.ts';
import type { DifferenceCounts } from '../../domain/differences.ts';
import type { Executor } from '../database.ts';
import { countDifferences } from './compare-registrations.ts';
import { countLeavers } from '../report/leavers.ts';
import { countChanges } from '../report/rnu-changes.ts';
import type { RunState } from '../schema.ts';

export type Outcomes = Readonly<Record<EnrolmentState, number>>;

/** The figures of a run: live while it is open, frozen afterwards. The same query feeds every face. */
export interface RunSummary {
  readonly run: string;
  /** `staff`: only the people whom staff confirmed or ordered to be done again; no night of its date. */
  readonly kind: 'night' | 'staff';
  readonly runDate: string;
  readonly campaign: string;
  readonly state: RunState;
  /** A rehearsal: nobody was registered; whoever is `confirmed` would have been. */
  readonly shadow: boolean;
  /** People the run may send at most; null without a cap. */
  readonly maxWrites: number | null;
  /** People it has sent so far, where it has a cap; null otherwise. */
  readonly writes: number | null;
  readonly linesRead: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly unreadable: number;
  readonly people: number;
  readonly households: number;
  readonly outcomes: Outcomes;
  /** Known people about whom the batches of this run brought other data. */
  readonly changed: number;
  /** People of earlier batches who are no longer on the RNU's latest full list, and those whom this run's batches made so. */
  readonly leavers: number;
  readonly newLeavers: number;
  /** Differences between the RNU, our records and SIGICMU, by kind; all 0 before the comparison. */
  readonly differences: DifferenceCounts;
  /** Lines = accepted + repeats + unreadable, people = sum of outcomes, nobody received is outside both. */
  readonly balanced: boolean;
}

interface HeadRow {
  run: string;
  kind: 'night' | 'staff';
  runDate: string;
  campaign: string;
  state: RunState;
  shadow: boolean;
  maxWrites: number | null;
  writes: number | null;
  linesRead: number;
  accepted: number;
  repeats: number;
  unreadable: number;
  people: number;
  households: number;
  forgotten: number;
}

/** Reads the figures of a run; null when there is no such run. */
export async function runSummary(db: Executor, runId: string): Promise<RunSummary | null> {
  const { rows } = await sql<HeadRow>`
    select r.id as run, r.kind, r.run_date as "runDate", r.campaign, r.state, r.shadow, r.max_writes as "maxWrites",
           case when r.max_writes is not null then r.writes end as writes, r.people, r.households,
           coalesce(sum(b.lines_read), 0)::int as "linesRead", coalesce(sum(b.accepted), 0)::int as accepted,
           coalesce(sum(b.repeats), 0)::int as repeats, coalesce(sum(b.unreadable), 0)::int as unreadable,
           -- Promise 1, seen from the other end: a person of these batches without any enrolment would be lost.
           (select count(*)::int from person p join run_batch rb on rb.batch_id = p.batch_id
             where rb.run_id = r.id and not exists (
               select 1 from enrolment e where e.person_id = p.id and e.campaign = r.campaign))
           -- and so would one whose work was done outside every run: no report would ever name them.
           + (select count(*)::int from enrolment e
               where e.campaign = r.campaign and e.run_id is null and e.step = 'none') as forgotten
      from run r
      left join run_batch rb on rb.run_id = r.id
      left join batch b on b.id = rb.batch_id
     where r.id = ${runId}::bigint
     group by r.id`.execute(db);
  const head = rows[0];
  if (!head) return null;
  const { forgotten, ...figures } = head;
  const outcomes = await countOutcomes(db, runId, head.state);
  const counted = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const balanced =
    figures.linesRead === figures.accepted + figures.repeats + figures.unreadable &&
    counted === figures.people &&
    forgotten === 0;
  return {
    ...figures,
    outcomes,
    changed: await countChanges(db, runId),
    ...(await countLeavers(db, runId)),
    differences: await countDifferences(db, runId),
    balanced,
  };
}

async function countOutcomes(db: Executor, runId: string, state: RunState): Promise<Outcomes> {
  const source = state === 'closed' ? sql.table('run_person') : sql.table('enrolment');
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from ${source} where run_id = ${runId}::bigint group by state`.execute(db);
  const outcomes = Object.fromEntries(ENROLMENT_STATES.map((name) => [name, 0])) as Record<EnrolmentState, number>;
  for (const row of rows) if (isEnrolmentState(row.state)) outcomes[row.state] = row.count;
  return outcomes;
}

/** Identity of the latest night, or of the latest staff run where there was no night yet; null before the first run. */
export async function latestRun(db: Executor): Promise<string | null> {
  const row = await db.selectFrom('run').select('id').orderBy('kind').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? null;
}
