import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** What one kind of call did in recent nights. */
export interface MeasuredCall {
  readonly operation: string;
  readonly callsPerPerson: number;
  readonly meanMs: number;
  readonly medianMs: number;
  readonly p90Ms: number;
  /** Calls of one household that follow each other: those that go out together count once. */
  readonly roundsPerHousehold: number;
}

/** What recent nights took, by the database's clock. */
export interface MeasuredNights {
  readonly nights: number;
  /** Of all these nights together. */
  readonly people: number;
  readonly households: number;
  readonly seconds: number;
  /** Until everybody was verified; null where no night tells. */
  readonly verifySeconds: number | null;
  /** From the last registration to the closing. */
  readonly closingSeconds: number | null;
  readonly calls: readonly MeasuredCall[];
}

/** Nights looked at, the latest first. A night of the staff, or a rehearsal, tells nothing of a night. */
const NIGHTS = 5;
/** Households whose calls are read of each night: more would take minutes in a country, and change no digit. */
const SAMPLE = 2_000;

/** Measures recent closed nights; null when there is none. */
export async function measuredNights(db: Executor, campaign: string): Promise<MeasuredNights | null> {
  const { rows: totals } = await sql<Totals>`
    with recent as (${recentNights(campaign)})
    select count(*)::int as nights, coalesce(sum(people), 0)::int as people,
           coalesce(sum(households), 0)::int as households,
           coalesce(sum(extract(epoch from closed_at - started_at)), 0)::float8 as seconds,
           sum(extract(epoch from verified_at - started_at))::float8 as "verifySeconds"
      from recent`.execute(db);
  const [total] = totals;
  if (total === undefined || total.nights === 0) return null;
  return { ...total, closingSeconds: await closingSeconds(db, campaign), calls: await calls(db, campaign) };
}

type Totals = Omit<MeasuredNights, 'calls' | 'closingSeconds'>;

/** `patience_ms` is counted from the end of verification. */
function recentNights(campaign: string): ReturnType<typeof sql> {
  return sql`
    select id, people, households, started_at, closed_at,
           deadline - patience_ms * interval '1 millisecond' as verified_at
      from run
     where state = 'closed' and campaign = ${campaign} and not shadow and released is null and kind = 'night'
       and households > 0
     order by id desc limit ${NIGHTS}`;
}

async function calls(db: Executor, campaign: string): Promise<readonly MeasuredCall[]> {
  const { rows } = await sql<MeasuredCall>`
    with recent as (${recentNights(campaign)}),
    sampled as materialized (
      select p.enrolment_id, p.household_id, p.run_id
        from recent r join run_person p on p.run_id = r.id
       where p.household_id % greatest(1, r.households / ${SAMPLE}) = 0
    ),
    made as materialized (
      select s.household_id, s.run_id, a.operation, t.started_at, t.ended_at,
             extract(epoch from t.ended_at - t.started_at)::float8 * 1000 as ms
        from sampled s
        join attempt a on a.enrolment_id = s.enrolment_id and a.run_id = s.run_id
        join attempt_result t on t.message_id = a.message_id
       where t.outcome in ('answer', 'refusal')
    ),
    together as (
      select operation, household_id, run_id, range_agg(tstzrange(started_at, ended_at, '[]')) as busy
        from made group by operation, household_id, run_id
    ),
    chained as (
      select operation, sum(extract(epoch from upper(span) - lower(span)))::float8 * 1000 as ms
        from together, unnest(busy) as span group by operation
    ),
    size as (
      select count(*)::float8 as people, count(distinct (household_id, run_id))::float8 as households from sampled
    )
    select made.operation, count(*)::float8 / max(size.people) as "callsPerPerson", avg(made.ms) as "meanMs",
           percentile_cont(0.5) within group (order by made.ms) as "medianMs",
           percentile_cont(0.9) within group (order by made.ms) as "p90Ms",
           max(chained.ms) / max(size.households) / greatest(avg(made.ms), 0.001) as "roundsPerHousehold"
      from made join chained using (operation) cross join size
     group by made.operation order by made.operation`.execute(db);
  return rows;
}

async function closingSeconds(db: Executor, campaign: string): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    with recent as (${recentNights(campaign)})
    select sum(extract(epoch from r.closed_at - last.at))::float8 as seconds
      from recent r cross join lateral (
        select max(t.ended_at) as at from attempt a join attempt_result t using (message_id)
         where a.run_id = r.id and a.operation in ('register', 'find-registration')) last`.execute(db);
  return rows[0]?.seconds ?? null;
}
