/** The tables of `sql/`, typed as node-postgres delivers them: bigint as text, date as text, timestamptz as Date. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { DifferenceKind } from '../domain/differences.ts';
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
  full_list: ColumnType<boolean, boolean | undefined, boolean>;
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

export const RUN_STATES = [
  'verifying',
  'registering',
  'reconciling',
  'closed',
  'unbalanced',
  'defective',
  'braked',
] as const;
export type RunState = (typeof RUN_STATES)[number];
export function isRunState(text: string): text is RunState {
  return (RUN_STATES as readonly string[]).includes(text);
}

/** Whether a run waits for a person to release it. */
export function isStopped(state: RunState): boolean {
  return state === 'unbalanced' || state === 'defective' || state === 'braked';
}

export interface RunTable {
  id: Id;
  /** A night takes everything that is due; a staff run only what staff have put to work. */
  kind: Generated<'night' | 'staff'>;
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
  shadow: Generated<boolean>;
  max_writes: number | null;
  writes: Generated<number>;
  last_grant: Generated<number>;
  published_at: Date | null;
  report_folder: string | null;
  night_date: string | null;
  measure: JSONColumnType<Record<string, unknown>> | null;
}

export interface NightTable {
  night_date: string;
  called_at: Time;
  taken_in_at: Date | null;
  waits_for: string | null;
  merged_into: string | null;
  not_held: Generated<boolean>;
}

export interface RefusedDeliveryTable {
  source: 'drop' | 'rnu-service' | 'file';
  name: string;
  code: string;
  explanation: string;
  remedy: string;
  kept_at: string | null;
  first_refused_at: Time;
  last_refused_at: Time;
  times: Generated<number>;
  settled_at: Date | null;
}

export interface RunBatchTable {
  run_id: string;
  batch_id: string;
  shadow: Generated<boolean>;
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
  opened_at: Time;
  /** Staff put this person to work, and it is not done yet. */
  staff_since: Date | null;
  staff_run_id: string | null;
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
  rule_set: string | null;
  facts: JSONColumnType<Record<string, unknown>> | null;
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
  kind: DifferenceKind;
  business_key: string;
  person_ref: Generated<string>;
  detail: JSONColumnType<Record<string, unknown>>;
}

export interface RemoteRegistrationTable {
  run_id: string;
  position: number;
  business_key: string;
  person_ref: string;
  registration_code: string;
  amount_paid: number;
  subsidy: number;
  cover_start: string;
  cover_end: string;
  family_name: string | null;
  given_names: string | null;
  insurer: string | null;
  holder_code: string | null;
}

export interface OutboundMailTable {
  id: Id;
  run_id: string;
  kind: Generated<string>;
  role: string;
  region: Generated<string>;
  recipient: string;
  message_id: string;
  sender: string;
  subject: string;
  raw: Buffer;
  state: Generated<string>;
  tries: Generated<number>;
  queued_at: Time;
  not_before: Time;
  lease_until: Time | null;
  settled_at: Time | null;
  answer: string | null;
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
  household_id: string | null;
  household_ref: string;
  person_ref: string;
  member_number: number;
  full_name: string;
  relationship: number | null;
  sex: string | null;
  birth_year: number | null;
  birth_month: number | null;
  birth_day: number | null;
  age: number | null;
  national_id_masked: string | null;
  has_national_id: boolean;
  civil_registration: string;
  region: string;
  departement: string;
  commune: string;
  milieu: string | null;
  cohort: string | null;
  confirmed_by: string | null;
  doubted_at: Time | null;
}

export interface ReprocessRequestTable {
  id: Id;
  ordered_at: Time;
  ordered_by: string;
  because: string;
  campaign: string;
  filter: JSONColumnType<Record<string, unknown>>;
  asked: number;
  not_eligible: JSONColumnType<Record<string, number>>;
  stopped_at: Date | null;
  stopped_by: string | null;
  stop_because: string | null;
}

export interface ReprocessItemTable {
  request_id: string;
  position: number;
  enrolment_id: string;
  asked_state: EnrolmentState;
  queued_at: Date | null;
  gone: Generated<boolean>;
  run_id: string | null;
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

export interface PersonHistoryTable {
  person_id: string;
  replaced_at: Time;
  batch_id: string;
  line_number: number;
  content: JSONColumnType<Record<string, unknown>> | null;
}

export interface HouseholdHistoryTable {
  household_id: string;
  replaced_at: Time;
  content: JSONColumnType<Record<string, unknown>>;
}

export interface RuleFileTable {
  sha256: Buffer;
  content: string;
}

export interface RuleSetTable {
  fingerprint: string;
  policy_version: string;
  recorded_at: Time;
}

export interface RuleSetFileTable {
  fingerprint: string;
  name: string;
  sha256: Buffer;
}

export interface MatchKeyTable {
  key: string;
  person_id: string;
}

export interface MatchKeysDueTable {
  household_id: string;
  since: Time;
}

export interface MatchKeysMadeTable {
  only_row: Generated<boolean>;
  making: string;
}

export interface SuspectedDuplicateTable {
  person_id: string;
  other_id: string;
  content_hash: Buffer;
  other_hash: Buffer;
  probability: number;
  certificate: JSONColumnType<Record<string, unknown>>;
  found_at: Time;
}

export interface LinkBrokenTable {
  person_a: string;
  person_b: string;
  by: string;
  because: string;
  at: Time;
}

export interface Schema {
  reprocess_request: ReprocessRequestTable;
  reprocess_item: ReprocessItemTable;
  person_history: PersonHistoryTable;
  household_history: HouseholdHistoryTable;
  rule_file: RuleFileTable;
  rule_set: RuleSetTable;
  rule_set_file: RuleSetFileTable;
  batch: BatchTable;
  unreadable_line: UnreadableLineTable;
  repeated_line: RepeatedLineTable;
  household: HouseholdTable;
  person: PersonTable;
  run: RunTable;
  run_batch: RunBatchTable;
  night: NightTable;
  refused_delivery: RefusedDeliveryTable;
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
  outbound_mail: OutboundMailTable;
  journal: JournalTable;
  match_key: MatchKeyTable;
  match_keys_due: MatchKeysDueTable;
  match_keys_made: MatchKeysMadeTable;
  suspected_duplicate: SuspectedDuplicateTable;
  link_broken: LinkBrokenTable;
}
