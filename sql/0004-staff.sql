-- What staff do: decide on doubts, order people to be done again, and the runs that carry it out by themselves.

-- A night takes everything that is due; a staff run only the households staff have put to work, and is no night of its
-- date.
alter table run add column kind text not null default 'night' check (kind in ('night', 'staff'));

-- Since when a named person's decision or order waits to be carried out, and which run took it up. `staff_since` goes
-- when nothing is left to do. Only staff work changes it, so that the updates of a night stay in their page (HOT).
alter table enrolment add column staff_since timestamptz, add column staff_run_id bigint;
create index enrolment_staff on enrolment (household_id) where staff_since is not null;

-- People ordered to be done again: who, why, by which filter, and what became of each. `asked` counts the items;
-- `not_eligible` those of the filter who were left as they are, by their state.
create table reprocess_request (
  id           bigint generated always as identity primary key,
  ordered_at   timestamptz not null default now(),
  ordered_by   text not null check (btrim(ordered_by) <> ''),
  because      text not null check (btrim(because) <> ''),
  campaign     text not null,
  filter       jsonb not null,
  asked        int not null,
  not_eligible jsonb not null default '{}',
  stopped_at   timestamptz,
  stopped_by   text,
  stop_because text,
  check ((stopped_at is null) = (stopped_by is null) and (stopped_at is null) = (stop_because is null))
);

create table reprocess_item (
  request_id   bigint not null references reprocess_request,
  position     int not null,
  enrolment_id bigint not null,
  -- State when the order was given.
  asked_state  text not null,
  -- Null: waits for its turn. `gone` when it was no longer to be done by then.
  queued_at    timestamptz,
  gone         boolean not null default false,
  -- The run that took it up, where its outcome is frozen.
  run_id       bigint,
  primary key (request_id, position)
);
create index reprocess_item_waiting on reprocess_item (request_id, position) where queued_at is null;
create index reprocess_item_enrolment on reprocess_item (enrolment_id);
