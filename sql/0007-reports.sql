-- Reports say what was true when the run closed, whatever the RNU sends afterwards: all that a report shows of a person
-- is frozen with the outcome. The number of the card is frozen masked, since no report ever shows it whole.
alter table run_person
  add column household_id       bigint,
  add column household_ref      text not null default '',
  add column person_ref         text not null default '',
  add column member_number      int not null default 0,
  add column full_name          text not null default '',
  add column relationship       smallint,
  add column sex                text,
  add column birth_year         int,
  add column birth_month        int,
  add column birth_day          int,
  -- Youngest age the birth date allows on the day of the run; null when no year is known.
  add column age                int,
  add column national_id_masked text,
  add column has_national_id    boolean not null default false,
  -- Registered at birth, as the RNU says: 'yes', 'no', 'unknown'.
  add column civil_registration text not null default 'unknown',
  add column region             text not null default '',
  add column departement        text not null default '',
  add column commune            text not null default '',
  add column milieu             text,
  add column cohort             text,
  -- Which registry confirmed the identity: 'id-card', 'birth-record', or neither.
  add column confirmed_by       text,
  -- When the person was first doubted; an office's waiting list counts from here.
  add column doubted_at         timestamptz;

-- Reports walk a run household by household, and ask what became of a person or a household in other runs.
create index run_person_walk on run_person (run_id, household_id, member_number);
create index run_person_enrolment on run_person (enrolment_id, run_id);
create index run_person_household on run_person (household_id, run_id);
-- Lists of work look at everybody an earlier run left in doubt: few of very many rows.
create index run_person_waiting on run_person (run_id) where state = 'needs-review';
-- Calls and decisions of one run. They are written in the order of runs, so that a few pages of summary do for millions
-- of rows, and the night's writing pays next to nothing for it.
create index attempt_run on attempt using brin (run_id) with (autosummarize = on);
create index decision_run on decision using brin (run_id) with (autosummarize = on);
-- Of millions of decisions, the few by which somebody left a list of work.
create index decision_of_staff on decision (enrolment_id) where from_state = 'needs-review';
