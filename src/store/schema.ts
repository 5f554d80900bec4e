/** The tables of `sql/`, typed as node-postgres delivers them: bigint as text, date as text, timestamptz as Date. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { EnrolmentState } from '../domain/enrolment-state.ts';
import type { DatePrecision } from '../domain/partial-date.ts';
import type { CivilRegistration, RelationshipCode, Sex } from '../domain/person.ts';

type Id = ColumnType<string, never, never>;
type Time = ColumnType<Date, Date | undefined, Date>;

export interface BatchTable {
  id: Id;
  number: string;
  sha256: Buffer;
  source_name: string;
  source: 'file' | 'rnu-service';
  size_bytes: string;
  encoding: string | null;
  separator: string | null;
  lines_read: number;
  accepted: number;
  repeats: number;
  unreadable: number;
  households: number;
  people: number;
  notes: JSONColumnType<readonly string[]>;
  imported_at: Time;
}

export interface UnreadableLineTable {
  batch_id: string;
  line_number: number;
  field: string | null;
  code: string;
  explanation: string;
  remedy: string;
  raw_line: string;
}

export interface RepeatedLineTable {
  batch_id: string;
  line_number: number;
  person_ref: string;
  kind: 'same-content' | 'other-content' | 'unchanged';
  raw_line: string;
}

export interface HouseholdTable {
  id: Id;
  ref: string;
  ref_key: string;
  batch_id: string;
  region: string;
  departement: string;
  cav: string | null;
  commune: string;
  quartier_village: string | null;
  hameau: string | null;
  milieu: string | null;
  address: string | null;
  phone: string | null;
  head_name: string | null;
  head_nickname: string | null;
  head_father: string | null;
  head_mother: string | null;
  head_national_id: string | null;
  head_sex: string | null;
  head_birth_year: number | null;
  grant_manager: number | null;
  deputy_grant_manager: number | null;
  grant_manager_national_id: string | null;
  cohort: string | null;
  pnbsf_status: string | null;
}

export interface PersonTable {
  id: Id;
  household_id: string;
  ref: string;
  member_number: number;
  batch_id: string;
  line_number: number;
  content_hash: Buffer;
  full_name: string;
  nickname: string | null;
  relationship: RelationshipCode | null;
  sex: Sex | null;
  birth_year: number | null;
  birth_month: number | null;
  birth_day: number | null;
  birth_precision: DatePrecision;
  national_id: string | null;
  civil_registration: CivilRegistration;
  birth_extract_number: string | null;
  father_number: number | null;
  mother_number: number | null;
  raw_line: string;
}

export const RUN_STATES = ['verifying', 'registering', 'reconciling', 'closed', 'unbalanced', 'defective'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Whether a run waits for a person to release it. */
export function isStopped(state: RunState): boolean {
  return state === 'unbalanced' || state === 'defective';
}

export interface RunTable {
  id: Id;
  run_date: string;
  campaign: string;
  state: RunState;
  started_at: Time;
  patience_ms: string;
  deadline: Date | null;
  closed_at: Date | null;
  people: Generated<number>;
  households: Generated<number>;
  totals: JSONColumnType<Record<string, unknown>> | null;
  released: JSONColumnType<Record<string, unknown>> | null;
}

export interface RunBatchTable {
  run_id: string;
  batch_id: string;
}

export interface HouseholdWorkTable {
  household_id: string;
  run_id: string | null;
  fence: Generated<string>;
  owner: string | null;
  lease_until: Date | null;
  verify_due: Date | null;
  register_due: Date | null;
  finished_at: Date | null;
}

export interface EnrolmentTable {
  id: Id;
  household_id: string;
  person_id: string;
  campaign: string;
  run_id: string | null;
  state: Generated<EnrolmentState>;
  step: Generated<'verify' | 'register' | 'none'>;
  fence: Generated<string>;
  sends: Generated<number>;
  sent_at: Date | null;
  unknown_since: Date | null;
  not_before: Date | null;
  tries: Generated<number>;
  reasons: Generated<string[]>;
  identity: JSONColumnType<Record<string, unknown>> | null;
  sent_insurer: string | null;
  sent_as_holder: boolean | null;
  renews: string | null;
  registration_code: string | null;
}

/** Look-ups of verification; each brings evidence of the same name. */
export type LookUpKind = 'cover' | 'id-card' | 'birth-record' | 'birth-record-search' | 'cover-search';

export type AttemptOperation = LookUpKind | 'register' | 'find-registration';

export interface AttemptTable {
  message_id: string;
  enrolment_id: string;
  run_id: string;
  operation: AttemptOperation;
  number: number;
  fence: string;
  planned_at: Time;
}

export interface AttemptResultTable {
  message_id: string;
  outcome: 'answer' | 'refusal' | 'transient' | 'route' | 'message' | 'unknown';
  code: string | null;
  http_status: number | null;
  request_id: string | null;
  request_hash: string | null;
  error_detail_id: string | null;
  security_server: string | null;
  started_at: Date;
  ended_at: Date;
}

export interface EvidenceTable {
  id: Id;
  enrolment_id: string;
  run_id: string;
  content_hash: Buffer;
  kind: LookUpKind;
  message_id: string;
  records: JSONColumnType<readonly unknown[]>;
  learned_at: Time;
}

export interface DecisionTable {
  id: Id;
  enrolment_id: string;
  run_id: string | null;
  decided_at: Time;
  from_state: EnrolmentState;
  to_state: EnrolmentState;
  reasons: string[];
  rule_version: string;
  decided_by: Generated<string>;
  because: string | null;
  certificate: JSONColumnType<readonly unknown[]>;
}

export interface IdentityClaimTable {
  identity_key: string;
  enrolment_id: string;
}

export interface RegistrationTable {
  business_key: string;
  enrolment_id: string;
  campaign: string;
  person_ref: string;
  registration_code: string;
  kind: 'new' | 'renewal';
  insurer: string;
  policy_holder: boolean;
  amount_paid: number;
  subsidy: number;
  cover_start: string;
  cover_end: string;
  learned_by: 'answer' | 'look-up';
  message_id: string;
  recorded_at: Time;
}

export interface ReconciliationDifferenceTable {
  run_id: string;
  kind: 'only-here' | 'only-there' | 'twice' | 'differs' | 'amount-not-zero';
  business_key: string;
  detail: JSONColumnType<Record<string, unknown>>;
}

export interface RemoteRegistrationTable {
  run_id: string;
  business_key: string;
  registration_code: string;
  amount_paid: number;
  cover_end: string;
}

export interface RunPersonTable {
  run_id: string;
  enrolment_id: string;
  state: EnrolmentState;
  reasons: string[];
  registration_code: string | null;
  insurer: string | null;
  cover_start: string | null;
  cover_end: string | null;
  amount_paid: number | null;
  subsidy: number | null;
}

export interface JournalTable {
  id: Id;
  at: Time;
  actor: string;
  action: string;
  subject: string;
  detail: JSONColumnType<Record<string, unknown>>;
  previous_hash: ColumnType<Buffer | null, never, never>;
  hash: ColumnType<Buffer, never, never>;
}

export interface Schema {
  batch: BatchTable;
  unreadable_line: UnreadableLineTable;
  repeated_line: RepeatedLineTable;
  household: HouseholdTable;
  person: PersonTable;
  run: RunTable;
  run_batch: RunBatchTable;
  household_work: HouseholdWorkTable;
  enrolment: EnrolmentTable;
  attempt: AttemptTable;
  attempt_result: AttemptResultTable;
  evidence: EvidenceTable;
  decision: DecisionTable;
  identity_claim: IdentityClaimTable;
  registration: RegistrationTable;
  reconciliation_difference: ReconciliationDifferenceTable;
  remote_registration: RemoteRegistrationTable;
  run_person: RunPersonTable;
  journal: JournalTable;
}
