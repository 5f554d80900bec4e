-- A night that dares little, and a comparison with SIGICMU that names every difference.

-- A rehearsal registers nobody; a cap says how many people a run may send at most. `writes` counts them and is raised in
-- the statement that commits the intent, where `last_grant` says how many of those it asked for it was given.
alter table run add column shadow boolean not null default false;
alter table run add column max_writes int check (max_writes >= 0);
alter table run add column writes int not null default 0;
alter table run add column last_grant int not null default 0;
-- Whatever a defect of the program asks for, the database counts no one beyond the cap.
alter table run add constraint run_within_cap check (max_writes is null or writes <= max_writes);

-- A rehearsal shows the lines of a batch and leaves them to the night that will register their people.
alter table run_batch drop constraint run_batch_batch_id_key;
alter table run_batch add column shadow boolean not null default false;
create unique index run_batch_once on run_batch (batch_id) where not shadow;

-- The kinds of difference are a catalogue of the program, with the office that resolves each (src/domain/differences.ts).
alter table reconciliation_difference drop constraint reconciliation_difference_kind_check;
alter table reconciliation_difference add column person_ref text not null default '';

-- What SIGICMU lists, row by row as it lists it: a registration carried out twice may bear one code, and would be folded
-- into one by any key of its own. Null is what the insurer does not tell.
drop table remote_registration;
create unlogged table remote_registration (
  run_id            bigint not null,
  position          int not null,
  business_key      text not null,
  person_ref        text not null,
  registration_code text not null,
  amount_paid       int not null,
  subsidy           int not null,
  cover_start       date not null,
  cover_end         date not null,
  family_name       text,
  given_names       text,
  insurer           text,
  holder_code       text,
  primary key (run_id, position)
);
create index remote_registration_key on remote_registration (run_id, business_key);

-- Answers that came when their visit could no longer commit. Evidence for whoever settles the person, and nothing more.
create table late_answer (
  message_id   uuid primary key,
  enrolment_id bigint not null,
  registration jsonb not null,
  told_at      timestamptz not null default now()
);
create index late_answer_enrolment on late_answer (enrolment_id);
create trigger late_answer_append_only before update or delete on late_answer for each row execute function refuse_change();
