-- The night that runs by itself: one per date, what came in, and the brake before the first write.

-- A row per date on which a night fell due. Its run bears the date; `merged_into` says which later night took over what
-- an earlier one, still waiting, would have done. `not_held`: the installation was not in service yet.
create table night (
  night_date  date primary key,
  called_at   timestamptz not null default now(),
  -- Null before the batches have been taken in.
  taken_in_at timestamptz,
  -- Why it has not begun, in a code; null when nothing keeps it.
  waits_for   text,
  merged_into date,
  not_held    boolean not null default false
);

-- Whatever two schedulers do at once, a date has one run.
alter table run add column night_date date;
create unique index run_one_per_night on run (night_date) where night_date is not null;

-- Deliveries that were refused whole: nothing of them was imported. One row per delivery, however often it came again.
create table refused_delivery (
  source           text not null check (source in ('drop', 'rnu-service', 'file')),
  name             text not null,
  code             text not null,
  -- French, free of personal data: what was announced and what was counted, among others.
  explanation      text not null,
  remedy           text not null,
  kept_at          text,
  first_refused_at timestamptz not null default now(),
  last_refused_at  timestamptz not null default now(),
  times            int not null default 1,
  -- When a good delivery of the same name came in.
  settled_at       timestamptz,
  primary key (source, name)
);

-- The brake: a night whose shares leave their usual band stops before its first write. `measure` is kept of every
-- night, because the band is made of earlier ones.
alter table run drop constraint run_state_check;
alter table run add constraint run_state_check check (state in (
  'verifying', 'registering', 'reconciling', 'closed', 'unbalanced', 'defective', 'braked'));
alter table run add column measure jsonb;

-- A mail about a stop is another mail to the same person about the same run.
alter table outbound_mail add column kind text not null default 'report';
alter table outbound_mail drop constraint outbound_mail_run_id_role_region_recipient_key;
alter table outbound_mail add constraint outbound_mail_once unique (run_id, kind, role, region, recipient);
