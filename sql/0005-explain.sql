-- What an explanation needs once lines, households and rule files have been replaced: the data a decision was made on,
-- what it rested on beside the registries' answers, and the rules as they were written then.

-- A row each time a batch replaces what the RNU says of a person; nobody who arrives for the first time costs one.
-- `content` is the whole former row, null when the same data merely came again on another line.
create table person_history (
  person_id   bigint not null,
  replaced_at timestamptz not null,
  batch_id    bigint not null,
  line_number int not null,
  content     jsonb,
  primary key (person_id, replaced_at)
);

create table household_history (
  household_id bigint not null,
  replaced_at  timestamptz not null,
  content      jsonb not null,
  primary key (household_id, replaced_at)
);

-- clock_timestamp, not now(): an import of the whole country takes minutes, and what was decided meanwhile rested on
-- the former data.
create function keep_person_history() returns trigger language plpgsql as $$
begin
  insert into person_history (person_id, replaced_at, batch_id, line_number, content)
  select o.id, clock_timestamp(), o.batch_id, o.line_number,
         case when o.content_hash <> n.content_hash then to_jsonb(o) end
    from former o join latter n on n.id = o.id
   where o.content_hash <> n.content_hash or o.batch_id <> n.batch_id;
  return null;
end $$;
create trigger person_history_kept after update on person referencing old table as former new table as latter
  for each statement execute function keep_person_history();

create function keep_household_history() returns trigger language plpgsql as $$
begin
  insert into household_history (household_id, replaced_at, content)
  select o.id, clock_timestamp(), to_jsonb(o) from former o join latter n on n.id = o.id where o.batch_id <> n.batch_id;
  return null;
end $$;
create trigger household_history_kept after update on household referencing old table as former new table as latter
  for each statement execute function keep_household_history();

-- A person's line, or a household, as the RNU had it at an instant.
create function person_at(wanted bigint, at timestamptz) returns setof person language sql stable as $$
  select r.*
    from person p
    left join lateral (
      select h.content from person_history h
       where h.person_id = p.id and h.replaced_at > at and h.content is not null
       order by h.replaced_at limit 1) former on true
    left join lateral (
      select jsonb_build_object('batch_id', h.batch_id, 'line_number', h.line_number) as place from person_history h
       where h.person_id = p.id and h.replaced_at > at order by h.replaced_at limit 1) came on true
    cross join lateral jsonb_populate_record(
      p, coalesce(former.content, '{}'::jsonb) || coalesce(came.place, '{}'::jsonb)) r
   where p.id = wanted
$$;

create function household_at(wanted bigint, at timestamptz) returns setof household language sql stable as $$
  select r.*
    from household h
    left join lateral (
      select k.content from household_history k
       where k.household_id = h.id and k.replaced_at > at order by k.replaced_at limit 1) former on true
    cross join lateral jsonb_populate_record(h, coalesce(former.content, '{}'::jsonb)) r
   where h.id = wanted
$$;

-- The rule files a process works by, each content once. A decision names its rule set.
create table rule_file (
  sha256  bytea primary key,
  content text not null
);
create table rule_set (
  fingerprint    text primary key,
  policy_version text not null,
  recorded_at    timestamptz not null default now()
);
create table rule_set_file (
  fingerprint text not null references rule_set,
  name        text not null,
  sha256      bytea not null references rule_file,
  primary key (fingerprint, name)
);
create trigger rule_file_append_only before update or delete on rule_file for each row execute function refuse_change();
create trigger rule_set_append_only before update or delete on rule_set for each row execute function refuse_change();
create trigger rule_set_file_append_only before update or delete on rule_set_file
  for each row execute function refuse_change();

-- Which rule set, and what verification rested on beside the registries' answers: enough to decide again.
alter table decision add rule_set text, add facts jsonb;

alter table enrolment add opened_at timestamptz not null default now();

create index registration_by_code on registration (registration_code);

-- Who consulted or decided what about somebody.
create index journal_subject on journal (subject);
