import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import type { AttemptOperation, AttemptResultTable, RunState } from '../schema.ts';
import { instant, type Until } from './stored-person.ts';

/** One campaign's enrolment of a person. `state` is today's, whatever instant is asked about. */
export interface StoredEnrolment {
  readonly enrolmentId: string;
  readonly campaign: string;
  readonly openedAt: Date;
  readonly state: EnrolmentState;
  readonly notBefore: Date | null;
  readonly registrationCode: string | null;
}

/** One call, as both Security Servers know it. What it ended in is null while that was not known. */
export interface StoredCall {
  readonly messageId: string;
  readonly runId: string;
  readonly operation: AttemptOperation;
  readonly number: number;
  readonly plannedAt: Date;
  readonly outcome: AttemptResultTable['outcome'] | null;
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly requestHash: string | null;
  readonly errorDetailId: string | null;
  readonly securityServer: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Records the answer held; null for a call that looks nothing up, or brought no answer. */
  readonly found: number | null;
}

export interface StoredDecision {
  readonly id: string;
  readonly runId: string | null;
  readonly decidedAt: Date;
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly ruleVersion: string;
  readonly ruleSet: string | null;
  readonly decidedBy: string;
  readonly because: string | null;
  readonly certificate: readonly unknown[];
}

export interface StoredRegistration {
  readonly businessKey: string;
  readonly registrationCode: string;
  readonly kind: 'new' | 'renewal';
  readonly insurer: string;
  readonly policyHolder: boolean;
  readonly amountPaid: number;
  readonly subsidy: number;
  readonly coverStart: string;
  readonly coverEnd: string;
  readonly learnedBy: 'answer' | 'look-up';
  readonly messageId: string;
  readonly recordedAt: Date;
}

export interface StoredRun {
  readonly runId: string;
  readonly runDate: string;
  /** Null when it had not been closed yet. */
  readonly closedAt: Date | null;
  readonly state: RunState;
}

/** The enrolments of a person that had been opened, campaign by campaign. */
export async function storedEnrolments(
  db: Executor,
  personId: string,
  until: Until,
): Promise<readonly StoredEnrolment[]> {
  const { rows } = await sql<StoredEnrolment>`
    select id as "enrolmentId", campaign, opened_at as "openedAt", state, registration_code as "registrationCode",
           case when isfinite(not_before) then not_before end as "notBefore"
      from enrolment where person_id = ${personId}::bigint and opened_at < ${instant(until)} order by id`.execute(db);
  return rows;
}

/** Calls made for an enrolment, in the order in which they were to leave. */
export async function storedCalls(db: Executor, enrolmentId: string, until: Until): Promise<readonly StoredCall[]> {
  const at = instant(until);
  const { rows } = await sql<StoredCall>`
    select a.message_id as "messageId", a.run_id as "runId", a.operation, a.number, a.planned_at as "plannedAt",
           r.outcome, r.code, r.http_status as "httpStatus", r.request_id as "requestId",
           r.request_hash as "requestHash", r.error_detail_id as "errorDetailId",
           r.security_server as "securityServer", r.started_at as "startedAt", r.ended_at as "endedAt",
           (select jsonb_array_length(v.records) from evidence v
             where v.enrolment_id = a.enrolment_id and v.message_id = a.message_id and v.learned_at < ${at}
             limit 1) as found
      from attempt a left join attempt_result r on r.message_id = a.message_id and r.ended_at < ${at}
     where a.enrolment_id = ${enrolmentId}::bigint and a.planned_at < ${at}
     order by a.planned_at, r.started_at, a.message_id`.execute(db);
  return rows;
}

/** Decisions on an enrolment, in the order in which they were made. */
export async function storedDecisions(
  db: Executor,
  enrolmentId: string,
  until: Until,
): Promise<readonly StoredDecision[]> {
  const { rows } = await sql<StoredDecision>`
    select id, run_id as "runId", decided_at as "decidedAt", from_state as "from", to_state as "to", reasons,
           rule_version as "ruleVersion", rule_set as "ruleSet", decided_by as "decidedBy", because, certificate
      from decision where enrolment_id = ${enrolmentId}::bigint and decided_at < ${instant(until)}
     order by decided_at, id`.execute(db);
  return rows;
}

/** What SIGICMU was known to hold for an enrolment. */
export async function storedRegistrations(
  db: Executor,
  enrolmentId: string,
  until: Until,
): Promise<readonly StoredRegistration[]> {
  const { rows } = await sql<StoredRegistration>`
    select business_key as "businessKey", registration_code as "registrationCode", kind, insurer,
           policy_holder as "policyHolder", amount_paid as "amountPaid", subsidy, cover_start as "coverStart",
           cover_end as "coverEnd", learned_by as "learnedBy", message_id as "messageId", recorded_at as "recordedAt"
      from registration where enrolment_id = ${enrolmentId}::bigint and recorded_at < ${instant(until)}
     order by recorded_at`.execute(db);
  return rows;
}

/** The runs of that number, with how far they were. */
export async function storedRuns(db: Executor, runIds: readonly string[], until: Until): Promise<readonly StoredRun[]> {
  if (runIds.length === 0) return [];
  const { rows } = await sql<StoredRun>`
    select id as "runId", run_date as "runDate", state,
           case when closed_at < ${instant(until)} then closed_at end as "closedAt"
      from run where id = any(${[...runIds]}::bigint[]) order by id`.execute(db);
  return rows;
}
