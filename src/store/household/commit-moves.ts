import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import { mayMove } from '../../domain/enrolment-state.ts';
import type { Registration } from '../../domain/partners.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';
import type { EvidenceTable } from '../schema.ts';
import { insertResults, type RecordedResult } from './attempt-results.ts';
import type { ClaimedHousehold, ConfirmedIdentity, Step } from './claim-household.ts';
import { underFence } from './fenced-out.ts';

export type { RecordedResult } from './attempt-results.ts';

/** One enrolment's step forward, with the grounds for it. */
export interface Move {
  readonly enrolmentId: string;
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  /** The step left to do afterwards. */
  readonly step: Step | 'none';
  readonly reasons: readonly ReasonCode[];
  /** Wait this long before the next try; null for no wait. */
  readonly pauseMs: number | null;
  /** Left alone by the run in hand; the next one takes it up. */
  readonly untilNextRun?: boolean;
  readonly tries: number;
  readonly ruleVersion: string;
  /** Fingerprint of the rule files; null for whoever decides without them. */
  readonly ruleSet?: string | null;
  /** What a verification rested on beside the registries' answers, so that it can be decided again. */
  readonly facts?: object | null;
  readonly certificate: readonly unknown[];
  readonly identity: ConfirmedIdentity | null;
  readonly renews: string | null;
  readonly registrationCode: string | null;
}

export interface LearnedEvidence {
  readonly enrolmentId: string;
  readonly contentHash: string;
  readonly kind: EvidenceTable['kind'];
  readonly messageId: string;
  readonly records: readonly unknown[];
}

export interface IdentityClaim {
  readonly identityKey: string;
  readonly enrolmentId: string;
}

/** A registration SIGICMU is known to hold, from its answer or from a look-up. */
export interface RecordedRegistration extends Registration {
  readonly enrolmentId: string;
  readonly campaign: string;
  readonly insurer: string;
  readonly policyHolder: boolean;
  readonly learnedBy: 'answer' | 'look-up';
  readonly messageId: string;
}

/** Everything one visit to a household writes, committed together or not at all. */
export interface HouseholdCommit {
  readonly moves: readonly Move[];
  readonly results: readonly RecordedResult[];
  readonly evidence?: readonly LearnedEvidence[];
  readonly claims?: readonly IdentityClaim[];
  readonly registrations?: readonly RecordedRegistration[];
  /** Keep the lease for more work of this visit; otherwise the household is given back. */
  readonly keepLease?: boolean;
}

/** A move the state machine does not know. A defect of the program: nothing is written. */
export class IllegalMove extends Error {
  readonly code = 'TRANSITION_INTERDITE';
}

/**
 * Commits a visit in one statement: evidence, decisions, registrations and moves, each move guarded by the fence and
 * the state it starts from. What is due next is read off the members afterwards, so that no caller can forget one.
 * A registration that cost the beneficiary anything stops the run in the same commit: enrolment is free of charge.
 * Throws {@link FencedOut} when the household was taken over; then nothing of it is written.
 */
export async function commitMoves(db: Executor, household: ClaimedHousehold, commit: HouseholdCommit): Promise<void> {
  for (const move of commit.moves)
    if (!mayMove(move.from, move.to, 'machine')) throw new IllegalMove(`${move.from} → ${move.to}`);
  await underFence(() => commitVisit(db, { household, commit }));
}

interface Visit {
  readonly household: ClaimedHousehold;
  readonly commit: HouseholdCommit;
}

const commitVisit = grouped(commitAll, {
  most: VISITS_AT_ONCE,
  kindOf: ({ household: { runId, campaign } }) => `${runId} ${campaign}`,
});

async function commitAll(db: Executor, visits: readonly Visit[]): Promise<readonly undefined[]> {
  const [first] = visits;
  if (first !== undefined) await statement(first.household, visits).execute(db);
  return visits.map(() => undefined);
}

/**
 * Only what the commits bring is in the statement, so that PostgreSQL plans a few shapes and each of them once. Members are
 * reached through their household: a plan that looks for the fence or for a hundred ids reads the whole country.
 */
function statement({ runId, campaign }: ClaimedHousehold, visits: readonly Visit[]): ReturnType<typeof sql> {
  const moves = visits.flatMap(({ household: { householdId, fence }, commit }) =>
    commit.moves.map((move) => ({ ...move, householdId, fence })),
  );
  const households = visits.map(({ household: { householdId, fence }, commit: { keepLease = false } }) => ({
    householdId,
    fence,
    keepLease,
  }));
  return sql`
    with v as (
      select * from jsonb_to_recordset(${JSON.stringify(households)}::jsonb) as v(
        "householdId" bigint, fence bigint, "keepLease" boolean)
    ), k as (
      select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as k(
        "householdId" bigint, fence bigint, "enrolmentId" bigint, "from" text, "to" text, step text, reasons text[], "pauseMs" int,
        "untilNextRun" boolean, tries int, "ruleVersion" text, "ruleSet" text, facts jsonb, certificate jsonb, identity jsonb,
        renews text, "registrationCode" text)
    ), moved as (
      update enrolment e
         set state = k.to, step = k.step, reasons = k.reasons, tries = k.tries,
             not_before = case when k."untilNextRun" then 'infinity' else now() + k."pauseMs" * interval '1 millisecond' end,
             unknown_since = case when k.to = 'outcome-unknown' then coalesce(e.unknown_since, now()) end,
             identity = coalesce(k.identity, e.identity), renews = coalesce(k.renews, e.renews),
             registration_code = coalesce(k."registrationCode", e.registration_code),
             -- What staff put to work is done.
             staff_since = case when k.step <> 'none' then e.staff_since end
        from k
       where e.household_id = k."householdId" and e.id = k."enrolmentId" and e.fence = k.fence and e.state = k.from
      returning e.id, e.step, e.not_before
    ), decided as (
      insert into decision (enrolment_id, run_id, from_state, to_state, reasons, rule_version, rule_set, facts,
                            certificate)
      select "enrolmentId", ${runId}::bigint, "from", "to", reasons, "ruleVersion", "ruleSet", facts, certificate
        from k
    ), ${recorded(runId, visits)} after as (
      -- The members' work as it stands once the moves are made: theirs where they moved, the row's own otherwise.
      select v."householdId", v.fence, v."keepLease", coalesce(m.step, e.step) as step,
             case when m.id is null then e.not_before else m.not_before end as not_before
        from v
        left join enrolment e on e.household_id = v."householdId" and e.campaign = ${campaign}
        left join moved m on m.id = e.id
    ), due as (
      select "householdId", fence, "keepLease",
             min(coalesce(not_before, now())) filter (where step = 'verify') as verify_due,
             min(coalesce(not_before, now())) filter (where step = 'register') as register_due
        from after group by 1, 2, 3
    ), work as (
      update household_work w
         set verify_due = due.verify_due, register_due = due.register_due,
             finished_at = case when due.verify_due is null and due.register_due is null then now() end,
             lease_until = case when due."keepLease" then w.lease_until end
        from due
       where w.household_id = due."householdId" and w.fence = due.fence
         -- Too late for a run that is frozen: what was sent is found by the look-up of a later one.
         and exists (select 1 from run r where r.id = ${runId}::bigint and r.state <> 'closed')
      returning 1
    )
    select require_rows((select count(*) from moved) + (select count(*) from work), ${moves.length + visits.length}::int)`;
}

function recorded(runId: string, visits: readonly Visit[]): ReturnType<typeof sql> {
  const commits = visits.map(({ commit }) => commit);
  const results = commits.flatMap((commit) => commit.results);
  const evidence = commits.flatMap((commit) => commit.evidence ?? []);
  const registrations = commits.flatMap((commit) => commit.registrations ?? []);
  const claimants = commits.filter(({ claims }) => claims !== undefined);
  const parts = [
    ...(results.length > 0 ? [sql`results as (${insertResults(results)}), `] : []),
    ...(evidence.length > 0 ? [learned(runId, evidence)] : []),
    ...(claimants.length > 0
      ? [
          claimed(
            claimants.flatMap(({ claims = [] }) => claims),
            claimants.flatMap(({ moves }) => moves),
          ),
        ]
      : []),
    ...(registrations.length > 0 ? [registered(runId, registrations)] : []),
  ];
  return sql.join(parts, sql``);
}

function learned(runId: string, evidence: readonly LearnedEvidence[]): ReturnType<typeof sql> {
  return sql`learned as (
      insert into evidence (enrolment_id, run_id, content_hash, kind, message_id, records)
      select "enrolmentId", ${runId}::bigint, decode("contentHash", 'hex'), kind, "messageId", records
        from jsonb_to_recordset(${JSON.stringify(evidence)}::jsonb) as l(
          "enrolmentId" bigint, "contentHash" text, kind text, "messageId" uuid, records jsonb)
    ), `;
}

function claimed(claims: readonly IdentityClaim[], moves: readonly Move[]): ReturnType<typeof sql> {
  return sql`claims as (
      select * from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as c("identityKey" text, "enrolmentId" bigint)
    ), claimed as (
      insert into identity_claim (identity_key, enrolment_id) select "identityKey", "enrolmentId" from claims
      on conflict do nothing
    ), outdated as (
      -- A corrected line is no longer the person its first number named.
      delete from identity_claim o
       where o.enrolment_id = any(${moves.map(({ enrolmentId }) => enrolmentId)}::bigint[]) and not exists (
         select 1 from claims c where c."enrolmentId" = o.enrolment_id and c."identityKey" = o.identity_key)
    ), `;
}

function registered(runId: string, registrations: readonly RecordedRegistration[]): ReturnType<typeof sql> {
  return sql`told as (
      select * from jsonb_to_recordset(${JSON.stringify(registrations)}::jsonb) as g(
        "businessKey" text, "enrolmentId" bigint, campaign text, "personRef" text, "registrationCode" text, kind text,
        insurer text, "policyHolder" boolean, "amountPaid" int, subsidy int, "coverStart" date, "coverEnd" date,
        "learnedBy" text, "messageId" uuid)
    ), registered as (
      insert into registration (business_key, enrolment_id, campaign, person_ref, registration_code, kind, insurer,
                                policy_holder, amount_paid, subsidy, cover_start, cover_end, learned_by, message_id)
      select "businessKey", "enrolmentId", campaign, "personRef", "registrationCode", kind, insurer, "policyHolder",
             "amountPaid", subsidy, "coverStart", "coverEnd", "learnedBy", "messageId"
        from told
      on conflict (business_key) do nothing
    ), charged as (
      select array_agg("messageId") as messages from told where "amountPaid" <> 0
    ), stopped as (
      update run set state = 'defective', released = null from charged
       where id = ${runId}::bigint and state in ('verifying', 'registering', 'reconciling')
         and charged.messages is not null
      returning id, charged.messages
    ), noted as (
      insert into journal (actor, action, subject, detail)
      select 'machine', 'run.defective', 'run ' || id, jsonb_build_object('chargedBy', messages) from stopped
    ), `;
}
