import { sql, type RawBuilder } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';

/** An order and how far it is. `asked = queued + waiting + stopped`, `queued = done + failed + underWay`, always. */
export interface ReprocessProgress {
  readonly id: string;
  readonly orderedAt: Date;
  readonly by: string;
  readonly because: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly asked: number;
  /** Put to work, or found to need it no more. */
  readonly queued: number;
  /** An outcome was reached: registered, covered, or a doubt for a person. */
  readonly done: number;
  /** No outcome: no longer to be done when their turn came, or still without one when their run closed. */
  readonly failed: number;
  /** In the hands of a run. */
  readonly underWay: number;
  /** Their turn has not come. */
  readonly waiting: number;
  /** Their turn will not come: the order was stopped. */
  readonly stopped: number;
  readonly notEligible: Readonly<Record<string, number>>;
  readonly stoppedAt: Date | null;
  readonly stoppedBy: string | null;
  readonly stopBecause: string | null;
}

/** People of an order by what became of them. */
export interface ReprocessOutcome {
  readonly fate: 'done' | 'failed' | 'underWay' | 'waiting' | 'stopped';
  readonly state: EnrolmentState;
  readonly people: number;
}

/** States in which a closed run leaves somebody without an outcome. */
const OPEN = sql`('received', 'confirmed', 'sending', 'deferred', 'outcome-unknown')`;

/**
 * An item's fate, read off what the run that took it up froze; while it is open, off the person. Nothing is written for
 * it, so that nothing can be out of date. Whoever a closed run did not come to, or left of unknown outcome, is
 * still on the way: the next takes them up.
 */
const FATES = sql`
  select i.request_id, i.enrolment_id, coalesce(case when r.state = 'closed' then rp.state end, e.state) as state,
         case
           when i.queued_at is null then case when q.stopped_at is null then 'waiting' else 'stopped' end
           when i.gone then 'failed'
           when r.state = 'closed' then
             case when rp.state not in ${OPEN} then 'done'
                  when e.staff_since is not null and e.state in ('received', 'confirmed', 'outcome-unknown') then 'underWay' else 'failed' end
           when r.id is not null and e.run_id = r.id and e.step = 'none' and e.staff_since is null then 'done'
           else 'underWay' end as fate
    from reprocess_item i
    join reprocess_request q on q.id = i.request_id
    join enrolment e on e.id = i.enrolment_id
    left join run r on r.id = i.run_id
    left join run_person rp on rp.run_id = i.run_id and rp.enrolment_id = i.enrolment_id`;

/** One order; null when there is none of that number. */
export async function reprocessProgress(db: Executor, requestId: string): Promise<ReprocessProgress | null> {
  const [found] = await progress(db, sql`q.id = ${requestId}::bigint`, 1);
  return found ?? null;
}

/** The latest orders, latest first. */
export async function listReprocess(db: Executor, limit: number): Promise<readonly ReprocessProgress[]> {
  return progress(db, sql`true`, limit);
}

async function progress(db: Executor, wanted: RawBuilder<unknown>, limit: number): Promise<ReprocessProgress[]> {
  const { rows } = await sql<ReprocessProgress>`
    with wanted as (select * from reprocess_request q where ${wanted} order by q.id desc limit ${limit})
    select q.id, q.ordered_at as "orderedAt", q.ordered_by as by, q.because, q.filter, q.asked,
           q.not_eligible as "notEligible", q.stopped_at as "stoppedAt", q.stopped_by as "stoppedBy",
           q.stop_because as "stopBecause", f.*
      from wanted q
      cross join lateral (
        select count(*) filter (where fate in ('done', 'failed', 'underWay'))::int as queued,
               count(*) filter (where fate = 'done')::int as done,
               count(*) filter (where fate = 'failed')::int as failed,
               count(*) filter (where fate = 'underWay')::int as "underWay",
               count(*) filter (where fate = 'waiting')::int as waiting,
               count(*) filter (where fate = 'stopped')::int as stopped
          from (${FATES} where i.request_id = q.id) items) f
     order by q.id desc`.execute(db);
  return rows;
}

/** People of an order by fate and state. */
export async function reprocessOutcomes(db: Executor, requestId: string): Promise<readonly ReprocessOutcome[]> {
  const { rows } = await sql<ReprocessOutcome>`
    select fate, state, count(*)::int as people from (${FATES} where i.request_id = ${requestId}::bigint) items
     group by fate, state order by fate, state`.execute(db);
  return rows;
}
