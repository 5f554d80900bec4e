-- What the product knows, in five groups: what was received, who it is about, the work to do for them, what was
-- learned and decided, and what was registered. Postgres is the truth; a queue only says "look at household N".
--
-- Two habits explain the shapes. Rows that work changes all night (household_work, enrolment) are narrow, and no index
-- names a column that work changes, so that updates stay in their page (HOT). Everything an auditor may ask for
-- (attempt, attempt_result, evidence, decision, journal) is only ever appended; decision and journal refuse anything else.

-- 1. What was received -------------------------------------------------------------------------------------------------

create table batch (
  id          bigint generated always as identity primary key,
  number      text not null unique,
  sha256      bytea not null unique,
  source_name text not null,
  source      text not null check (source in ('file', 'rnu-service')),
  size_bytes  bigint not null,
  encoding    text,
  separator   text,
  lines_read  int not null,
  accepted    int not null,
  repeats     int not null,
  unreadable  int not null,
  households  int not null,
  people      int not null,
  notes       jsonb not null default '[]',
  imported_at timestamptz not null default now(),
  -- Nobody is lost: a batch whose sums do not hold cannot exist.
  constraint batch_balances check (lines_read = accepted + repeats + unreadable)
);

create table unreadable_line (
  batch_id    bigint not null references batch,
  line_number int not null,
  field       text,
  code        text not null,
  explanation text not null,
  remedy      text not null,
  raw_line    text not null,
  primary key (batch_id, line_number)
);

create table repeated_line (
  batch_id    bigint not null references batch,
  line_number int not null,
  person_ref  text not null,
  -- 'same-content' | 'other-content' within the batch | 'unchanged' since an earlier batch
  kind        text not null,
  raw_line    text not null,
  primary key (batch_id, line_number)
);

-- 2. Who it is about ---------------------------------------------------------------------------------------------------

create table household (
  id                        bigint generated always as identity primary key,
  ref                       text not null,
  ref_key                   text not null unique,
  batch_id                  bigint not null references batch,
  region                    text not null default '',
  departement               text not null default '',
  cav                       text,
  commune                   text not null default '',
  quartier_village          text,
  hameau                    text,
  milieu                    text,
  address                   text,
  phone                     text,
  head_name                 text,
  head_nickname             text,
  head_father               text,
  head_mother               text,
  head_national_id          text,
  head_sex                  text,
  head_birth_year           int,
  grant_manager             int,
  deputy_grant_manager      int,
  grant_manager_national_id text,
  cohort                    text,
  pnbsf_status              text
);

create table person (
  id                   bigint generated always as identity primary key,
  household_id         bigint not null references household,
  ref                  text not null unique,
  member_number        int not null,
  batch_id             bigint not null references batch,
  line_number          int not null,
  content_hash         bytea not null,
  full_name            text not null,
  nickname             text,
  relationship         smallint check (relationship between 1 and 13),
  sex                  text check (sex in ('M', 'F')),
  birth_year           int,
  birth_month          int,
  birth_day            int,
  birth_precision      text not null check (birth_precision in ('day', 'month', 'year', 'about', 'unknown')),
  national_id          text,
  civil_registration   text not null check (civil_registration in ('yes', 'no', 'unknown')),
  birth_extract_number text,
  father_number        int,
  mother_number        int,
  raw_line             text not null,
  unique (household_id, member_number)
);

-- The same number on two people of the registry, of a card or an extract, is looked for at verification, however it was
-- typed.
create index person_national_id on person (upper(regexp_replace(national_id, '[^0-9A-Za-z]', '', 'g')))
  where national_id is not null;
create index person_birth_extract on person (upper(regexp_replace(birth_extract_number, '[^0-9A-Za-z]', '', 'g')))
  where birth_extract_number is not null;
create index person_batch on person (batch_id);

-- 3. The work to do ----------------------------------------------------------------------------------------------------

create table run (
  id          bigint generated always as identity primary key,
  run_date    date not null,
  campaign    text not null,
  -- verifying → registering → reconciling → closed; unbalanced and defective need a person (docs/architecture.md)
  state       text not null check (state in ('verifying', 'registering', 'reconciling', 'closed', 'unbalanced', 'defective')),
  started_at  timestamptz not null default now(),
  -- Counted from the end of verification: what cannot be done by then is reported as deferred, for a later run.
  patience_ms bigint not null,
  deadline    timestamptz,
  closed_at   timestamptz,
  people      int not null default 0,
  households  int not null default 0,
  totals      jsonb,
  -- Who let a stopped run go on, when and why.
  released    jsonb
);

-- No two nights at once; a run that stopped for a person blocks the next one until that person has looked.
create unique index run_only_one_open on run ((true)) where state <> 'closed';

create table run_batch (
  run_id   bigint not null references run,
  batch_id bigint not null references batch unique,
  primary key (run_id, batch_id)
);

-- One row per household: the unit of work. `fence` grows by one with every claim; whoever holds an older one has lost
-- the household and can write nothing more. `verify_due` and `register_due` say what is left and from when.
create table household_work (
  household_id bigint primary key references household,
  run_id       bigint,
  fence        bigint not null default 0,
  owner        text,
  lease_until  timestamptz,
  verify_due   timestamptz,
  register_due timestamptz,
  finished_at  timestamptz
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

create index household_work_open on household_work (run_id, household_id) where finished_at is null;

create table enrolment (
  id                bigint generated always as identity primary key,
  household_id      bigint not null,
  person_id         bigint not null references person,
  campaign          text not null,
  run_id            bigint,
  state             text not null default 'received' check (state in (
    'received', 'confirmed', 'sending', 'enrolled', 'already-enrolled', 'renewed', 'needs-review', 'deferred',
    'outcome-unknown', 'discarded-duplicate', 'discarded-deceased', 'out-of-scope')),
  -- The step whose work is left: verification, registration, or none.
  step              text not null default 'verify' check (step in ('verify', 'register', 'none')),
  fence             bigint not null default 0,
  -- Registrations sent so far, and when the last one left.
  sends             int not null default 0,
  sent_at           timestamptz,
  unknown_since     timestamptz,
  not_before        timestamptz,
  -- Failed tries of the step in hand, for the growing pause between them. Route failures do not count.
  tries             int not null default 0,
  reasons           text[] not null default '{}',
  -- Names as the confirming registry writes them, to be registered under.
  identity          jsonb,
  -- How the last registration was sent, for whoever learns its outcome.
  sent_insurer      text,
  sent_as_holder    boolean,
  renews            text,
  registration_code text,
  unique (person_id, campaign)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000);

create index enrolment_household on enrolment (household_id);
create index enrolment_run on enrolment (run_id);

-- A statement that must move a known number of rows fails whole when it moves fewer: its author has lost the household.
create function require_rows(moved bigint, wanted bigint) returns void language plpgsql as $$
begin
  if moved <> wanted then
    raise exception 'FENCED_OUT' using errcode = 'PF001';
  end if;
end $$;

-- 4. What was learned and decided --------------------------------------------------------------------------------------

-- A row per call, written before it leaves: the message id by which both Security Servers know it.
create table attempt (
  message_id   uuid primary key,
  enrolment_id bigint not null,
  run_id       bigint not null,
  operation    text not null check (operation in (
    'cover', 'id-card', 'birth-record', 'birth-record-search', 'cover-search', 'register', 'find-registration')),
  number       int not null,
  fence        bigint not null,
  planned_at   timestamptz not null default now()
);
create index attempt_enrolment on attempt (enrolment_id);

create table attempt_result (
  message_id      uuid primary key,
  outcome         text not null check (outcome in ('answer', 'refusal', 'transient', 'route', 'message', 'unknown')),
  code            text,
  http_status     int,
  request_id      text,
  request_hash    text,
  error_detail_id text,
  security_server text,
  started_at      timestamptz not null,
  ended_at        timestamptz not null
);

create table evidence (
  id           bigint generated always as identity primary key,
  enrolment_id bigint not null,
  run_id       bigint not null,
  -- Evidence is only reused for the very data it was asked with.
  content_hash bytea not null,
  kind         text not null check (kind in ('cover', 'id-card', 'birth-record', 'birth-record-search', 'cover-search')),
  message_id   uuid not null,
  records      jsonb not null,
  learned_at   timestamptz not null default now()
);
create index evidence_enrolment on evidence (enrolment_id);

create table decision (
  id           bigint generated always as identity primary key,
  enrolment_id bigint not null,
  run_id       bigint,
  decided_at   timestamptz not null default now(),
  from_state   text not null,
  to_state     text not null,
  reasons      text[] not null,
  rule_version text not null,
  decided_by   text not null default 'machine',
  because      text,
  certificate  jsonb not null default '[]'
);
create index decision_enrolment on decision (enrolment_id);

-- Which registry identity a person was recognised as. Two people with one identity are doubted, both of them.
create table identity_claim (
  identity_key text not null,
  enrolment_id bigint not null,
  primary key (identity_key, enrolment_id)
);
create index identity_claim_enrolment on identity_claim (enrolment_id);

-- 5. What was registered -----------------------------------------------------------------------------------------------

create table registration (
  business_key      text primary key,
  enrolment_id      bigint not null,
  campaign          text not null,
  person_ref        text not null,
  registration_code text not null,
  kind              text not null check (kind in ('new', 'renewal')),
  insurer           text not null,
  policy_holder     boolean not null,
  amount_paid       int not null,
  subsidy           int not null,
  cover_start       date not null,
  cover_end         date not null,
  learned_by        text not null check (learned_by in ('answer', 'look-up')),
  message_id        uuid not null,
  recorded_at       timestamptz not null default now()
);
create index registration_campaign on registration (campaign);
create index registration_enrolment on registration (enrolment_id);

create table reconciliation_difference (
  run_id       bigint not null references run,
  kind         text not null check (kind in ('only-here', 'only-there', 'twice', 'differs', 'amount-not-zero')),
  business_key text not null,
  detail       jsonb not null default '{}',
  primary key (run_id, kind, business_key)
);

-- What SIGICMU read back, a page at a time, until it is compared. Unlogged: a crash means reading again.
create unlogged table remote_registration (
  run_id            bigint not null,
  business_key      text not null,
  registration_code text not null,
  amount_paid       int not null,
  cover_end         date not null,
  -- Two registrations of one person are what must be seen, not folded into one.
  primary key (run_id, business_key, registration_code)
);

-- A person's outcome as the run froze it: state, reasons and registration. Names and places are shown as the RNU has
-- them when the report is written.
create table run_person (
  run_id       bigint not null references run,
  enrolment_id bigint not null,
  state        text not null,
  reasons      text[] not null,
  registration_code text,
  insurer      text,
  cover_start  date,
  cover_end    date,
  amount_paid  int,
  subsidy      int,
  primary key (run_id, enrolment_id)
);

-- Runs, imports, decisions of people and manual work. Each row seals the one before it.
create table journal (
  id            bigint generated always as identity primary key,
  at            timestamptz not null default now(),
  actor         text not null,
  action        text not null,
  subject       text not null,
  detail        jsonb not null default '{}',
  previous_hash bytea,
  hash          bytea not null
);

create function seal_journal() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('journal'));
  -- Numbered under the lock: two rows written at once are chained in the order of their numbers.
  new.id := nextval(pg_get_serial_sequence('journal', 'id'));
  select hash into new.previous_hash from journal order by id desc limit 1;
  new.hash := sha256(convert_to(concat_ws('|', encode(coalesce(new.previous_hash, ''), 'hex'),
    to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), new.actor, new.action, new.subject,
    new.detail::text), 'UTF8'));
  return new;
end $$;
create trigger journal_sealed before insert on journal for each row execute function seal_journal();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'JOURNAL_IMMUABLE: % rows are append-only', tg_table_name;
end $$;
create trigger journal_append_only before update or delete on journal for each row execute function refuse_change();
create trigger journal_never_emptied before truncate on journal execute function refuse_change();
create trigger decision_append_only before update or delete on decision for each row execute function refuse_change();
