import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { confirmedByPerson } from '../review/doubted-pairs.ts';

/** What the moves of an order are made under. */
export interface Feed {
  /** People that may be put to work now. */
  readonly room: number;
  readonly settleMs: number;
  readonly ruleVersion: string;
  readonly ruleSet: string;
}

/**
 * Puts the next people of the oldest order to work, in order, as far as there is room. Each is looked at again: who was
 * decided on, registered or sent meanwhile is `gone`, and nothing is done about them. Returns how many were dealt with.
 *
 * - `needs-review`, decided by nobody: `received`, to be verified from fresh evidence;
 * - `needs-review` of somebody a person had confirmed: `confirmed` again, that decision stands;
 * - `needs-review` after a registration was sent: `outcome-unknown`, SIGICMU is looked at before anything is sent;
 * - `deferred`, `outcome-unknown` past its settle window, `confirmed`: the same state, due now.
 */
export async function feedReprocess(trx: Executor, feed: Feed): Promise<number> {
  if (feed.room <= 0) return 0;
  const { rows } = await sql<{ dealt: number }>`
    with oldest as (
      select q.id, q.ordered_by, q.because from reprocess_request q
       where q.stopped_at is null
         and exists (select 1 from reprocess_item i where i.request_id = q.id and i.queued_at is null)
       order by q.id limit 1
    ), next as (
      select i.request_id, i.position, i.enrolment_id from reprocess_item i join oldest on oldest.id = i.request_id
       where i.queued_at is null order by i.position limit ${feed.room} for update of i skip locked
    ), held as (
      select e.id, e.state, e.sends, e.sent_at, next.position from enrolment e join next on next.enrolment_id = e.id
       order by e.id for update of e skip locked
    ), target as (
      select e.id, e.state, e.position,
             case when e.state <> 'needs-review' then e.state when e.sends > 0 then 'outcome-unknown'
                  when ${confirmedByPerson('e')} then 'confirmed' else 'received' end as to_state,
             e.state in ('needs-review', 'deferred', 'confirmed')
               or (e.state = 'outcome-unknown'
                   and e.sent_at <= now() - ${feed.settleMs}::bigint * interval '1 millisecond') as eligible
        from held e
    ), moved as (
      update enrolment e
         set state = t.to_state, staff_since = now(), staff_run_id = null, not_before = null, tries = 0,
             step = case when t.state = 'needs-review' then 'none' else e.step end,
             unknown_since = case when t.to_state = 'outcome-unknown' then coalesce(e.unknown_since, now()) end,
             reasons = case when t.state = 'needs-review' then '{}' else e.reasons end,
             identity = case when t.to_state = 'received' then null else e.identity end,
             renews = case when t.to_state = 'received' then null else e.renews end
        from target t where e.id = t.id and t.eligible
    ), decided as (
      insert into decision (enrolment_id, run_id, from_state, to_state, reasons, rule_version, rule_set, decided_by,
                            because)
      select t.id, null, t.state, t.to_state, '{}', ${feed.ruleVersion}, ${feed.ruleSet}, oldest.ordered_by,
             'retraitement ' || oldest.id || ' : ' || oldest.because
        from target t, oldest where t.eligible and t.to_state <> t.state
    ), dealt as (
      update reprocess_item i set queued_at = now(), gone = not t.eligible
        from target t, oldest where i.request_id = oldest.id and i.position = t.position
      returning 1
    )
    select count(*)::int as dealt from dealt`.execute(trx);
  return rows[0]?.dealt ?? 0;
}

/** Whether people of an order wait for their turn. */
export async function reprocessWaits(db: Executor): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select 1 from reprocess_request q join reprocess_item i on i.request_id = q.id
       where q.stopped_at is null and i.queued_at is null) as waits`.execute(db);
  return rows[0]?.waits === true;
}
