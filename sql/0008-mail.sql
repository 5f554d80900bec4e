-- Mails that leave, each written down whole before the first try: what was sent can be shown, and a crash loses none.
-- pending → sending → sent, refused, or unknown; a mail that the relay could not take yet is pending again, later.
-- A relay may have taken a mail whose answer was lost: such a mail is unknown and never sent again by itself.
create table outbound_mail (
  id            bigint generated always as identity primary key,
  run_id        bigint not null references run,
  role          text not null,
  -- Empty for recipients who read the whole country.
  region        text not null default '',
  recipient     text not null,
  message_id    text not null unique,
  sender        text not null,
  subject       text not null,
  raw           bytea not null,
  state         text not null default 'pending' check (state in (
    'pending', 'sending', 'sent', 'refused', 'unknown', 'bounced', 'abandoned')),
  tries         int not null default 0,
  queued_at     timestamptz not null default now(),
  not_before    timestamptz not null default now(),
  lease_until   timestamptz,
  settled_at    timestamptz,
  -- The relay's answer or the code of the failure; never its text, which may quote the mail.
  answer        text,
  -- One mail to a person about a run, however often it is published.
  unique (run_id, role, region, recipient)
);
create index outbound_mail_due on outbound_mail (not_before) where state in ('pending', 'sending');

-- Null until the report of a closed run is written and its mails are queued.
alter table run add column published_at timestamptz;
alter table run add column report_folder text;
