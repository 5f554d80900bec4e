-- Finding two lines that are one human. Each person is filed under a few keys (number, names and month, names and
-- commune…); people who share a rare enough key are compared. Which keys, and how large a group may be, stands in
-- src/matching/match-keys.

create table match_key (
  key       bigint not null,
  person_id bigint not null
);
-- Looked up by key without touching the table; replaced by person.
create index match_key_key on match_key (key, person_id);
create index match_key_person on match_key (person_id);

-- Households whose people have no keys yet, or keys of former data. Filed by the import in the transaction that changes
-- them, taken away in the one that files their new keys: what a crash leaves undone stays due. Both hold the row, so that
-- keys made beside a change leave the household due.
create table match_keys_due (
  household_id bigint primary key references household,
  since        timestamptz not null default now()
);
insert into match_keys_due (household_id) select id from household;

-- How the keys in force were made. Keys of two makings never meet, so another making puts every household due.
create table match_keys_made (
  only_row boolean primary key default true check (only_row),
  making   text not null
);

-- Lines that may be one person, as the verification of `person_id` saw it. Holds for the data both lines had then.
create table suspected_duplicate (
  person_id    bigint not null references person,
  other_id     bigint not null references person,
  content_hash bytea not null,
  other_hash   bytea not null,
  probability  double precision not null,
  certificate  jsonb not null,
  found_at     timestamptz not null default now(),
  primary key (person_id, other_id),
  check (person_id <> other_id)
);
create index suspected_duplicate_other on suspected_duplicate (other_id);

-- Two lines that a named person declared to be two people: never doubted again because of each other.
create table link_broken (
  person_a bigint not null references person,
  person_b bigint not null references person,
  by       text not null check (btrim(by) <> ''),
  because  text not null check (btrim(because) <> ''),
  at       timestamptz not null default now(),
  primary key (person_a, person_b),
  check (person_a < person_b)
);
create index link_broken_b on link_broken (person_b);
