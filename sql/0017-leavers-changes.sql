-- Who left the RNU's list, what a batch changed, and covers of earlier campaigns taken up again.

-- Declared by the sender: the batch names everybody the RNU knows. Only such a batch says that somebody has left.
alter table batch add column full_list boolean not null default false;

-- A row each time somebody known is no longer on a full list; closed by the batch that brings them back. Nothing else of
-- the person changes: nobody is removed by machine.
create table rnu_leaving (
  person_id         bigint not null references person,
  left_batch_id     bigint not null references batch,
  -- An unreadable line of the list names the person's household: they may be on it after all.
  uncertain         boolean not null default false,
  returned_batch_id bigint references batch,
  primary key (person_id, left_batch_id)
);
create index rnu_leaving_batch on rnu_leaving (left_batch_id);
create unique index rnu_leaving_open on rnu_leaving (person_id) where returned_batch_id is null;

-- Which batch replaced a former line or household: a report lists the changes its batches made. Null before this version.
alter table person_history add column replaced_by bigint;
alter table household_history add column replaced_by bigint;
create index person_history_replaced_by on person_history (replaced_by) where content is not null;

create or replace function keep_person_history() returns trigger language plpgsql as $$
begin
  insert into person_history (person_id, replaced_at, batch_id, line_number, content, replaced_by)
  select o.id, clock_timestamp(), o.batch_id, o.line_number,
         case when o.content_hash <> n.content_hash then to_jsonb(o) end, n.batch_id
    from former o join latter n on n.id = o.id
   where o.content_hash <> n.content_hash or o.batch_id <> n.batch_id;
  return null;
end $$;

create or replace function keep_household_history() returns trigger language plpgsql as $$
begin
  insert into household_history (household_id, replaced_at, content, replaced_by)
  select o.id, clock_timestamp(), to_jsonb(o), n.batch_id
    from former o join latter n on n.id = o.id where o.batch_id <> n.batch_id;
  return null;
end $$;
