-- The kill switch: a row here, and no call of any process leaves for that destination. Who paused it in the past, and
-- who ended it, is in the journal.
create table destination_pause (
  name      text primary key,
  paused_at timestamptz not null default now(),
  paused_by text not null,
  because   text not null
);
