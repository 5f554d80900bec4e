import { sql, type RawBuilder } from 'kysely';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { AttemptOperation } from '../schema.ts';
import { confirmedByPerson } from '../review/doubted-pairs.ts';

/** Whom an order is about; members that are null leave nobody out, the others all hold. */
export interface ReprocessFilter {
  readonly campaign: string;
  readonly personRef: string | null;
  /** Enrolment id, as `review list` gives it. */
  readonly caseId: string | null;
  readonly householdKey: string | null;
  readonly batchId: string | null;
  /** People who carry any of these; empty for no such condition. */
  readonly reasons: readonly ReasonCode[];
  /** Operations of a destination whose last call for the person brought no answer. */
  readonly operations: readonly AttemptOperation[] | null;
  /** Civil days, both included, between which they were last decided on. */
  readonly days: { readonly from: string; readonly to: string; readonly timeZone: string } | null;
}

/** What an order does about a person; the rest of {@link Fate} is why it does nothing. */
export const ELIGIBLE_FATES = ['verify-again', 'register-again', 'look-again', 'resume'] as const;

export type Fate =
  | (typeof ELIGIBLE_FATES)[number]
  /** Registered, covered or discarded: an end stays an end. */
  | 'ended'
  /** Not verified yet: the next run does it. */
  | 'next-run'
  /** A registration has left and its answer is awaited. */
  | 'under-way'
  /** The settle window of a registration lasts: looking now would prove nothing. */
  | 'too-early'
  /** Put to work by an earlier order or decision. */
  | 'in-hand';

/** The people of a filter: `id`, `state`, `fate`, and the order they are taken in. */
export function selectPeople(filter: ReprocessFilter, settleMs: number): RawBuilder<unknown> {
  return sql`
    select e.id, e.state, e.household_id, p.member_number,
           case
             when e.state in ('enrolled', 'already-enrolled', 'renewed', 'discarded-duplicate', 'discarded-deceased',
                              'out-of-scope') then 'ended'
             when e.staff_since is not null then 'in-hand'
             when e.state = 'received' then 'next-run'
             when e.state = 'sending' then 'under-way'
             when e.state = 'outcome-unknown'
                  and e.sent_at > now() - ${settleMs}::bigint * interval '1 millisecond' then 'too-early'
             when e.state = 'outcome-unknown' or (e.state = 'needs-review' and e.sends > 0) then 'look-again'
             when e.state in ('deferred', 'confirmed') then 'resume'
             when ${confirmedByPerson('e')} then 'register-again'
             else 'verify-again' end as fate
      from enrolment e join person p on p.id = e.person_id join household h on h.id = e.household_id
     where ${conditions(filter)}`;
}

function conditions(filter: ReprocessFilter): RawBuilder<unknown> {
  const every = [
    sql`e.campaign = ${filter.campaign}`,
    ...(filter.personRef === null ? [] : [sql`p.ref = ${filter.personRef}`]),
    ...(filter.caseId === null ? [] : [sql`e.id = ${filter.caseId}::bigint`]),
    ...(filter.householdKey === null ? [] : [sql`h.ref_key = ${filter.householdKey}`]),
    ...(filter.batchId === null ? [] : [sql`p.batch_id = ${filter.batchId}::bigint`]),
    ...(filter.reasons.length === 0 ? [] : [sql`e.reasons && ${[...filter.reasons]}::text[]`]),
    ...(filter.operations === null ? [] : [heldUpBy(filter.operations)]),
    ...(filter.days === null ? [] : [lastDecided(filter.days)]),
  ];
  return sql.join(every, sql` and `);
}

/** Deferred, or of unknown outcome, after a call of these operations that brought nothing. */
function heldUpBy(operations: readonly AttemptOperation[]): RawBuilder<unknown> {
  return sql`(e.state in ('deferred', 'outcome-unknown') or 'ISSUE_INCONNUE_PROLONGEE' = any(e.reasons))
    and (select a.operation from attempt a join attempt_result r using (message_id)
          where a.enrolment_id = e.id and r.outcome in ('transient', 'route', 'unknown')
          order by r.ended_at desc limit 1) = any(${[...operations]}::text[])`;
}

function lastDecided({ from, to, timeZone }: NonNullable<ReprocessFilter['days']>): RawBuilder<unknown> {
  const midnight = (day: string): RawBuilder<unknown> => sql`(${day}::date::timestamp at time zone ${timeZone})`;
  return sql`exists (
    select 1 from decision d
     where d.enrolment_id = e.id and d.decided_at >= ${midnight(from)}
       and d.decided_at < ((${to}::date + 1)::timestamp at time zone ${timeZone})
       and not exists (select 1 from decision later where later.enrolment_id = e.id and later.id > d.id))`;
}
