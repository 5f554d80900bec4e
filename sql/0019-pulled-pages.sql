-- Pages of a batch the RNU service has given, kept until the whole batch is in: a pull that was cut off goes on after the
-- last of them. Text, not jsonb: a batch's fingerprint is of its records as they came.
create table rnu_page (
  batch_number text not null,
  page         int not null,
  -- What the service announced of the batch; another announcement is another extraction, and none of its pages count.
  announced    text not null,
  -- Under which cursor it was asked for, and the next one; null for the first and after the last.
  cursor       text,
  next         text,
  records      text not null,
  fetched_at   timestamptz not null default now(),
  primary key (batch_number, page)
);
