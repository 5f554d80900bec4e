/** Nights by date: which are due, which wait and for what, which had their run. */
import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Why a night that is due has not begun. */
export const NIGHT_WAITS = ['run-open', 'run-stopped', 'staff-run'] as const;
export type NightWait = (typeof NIGHT_WAITS)[number];

/** A night that is due and has no run yet. */
export interface PendingNight {
  readonly date: string;
  /** Its batches were taken in already. */
  readonly takenIn: boolean;
}

/**
 * Sets down that a night is due. Nights missed before it are not made up for one by one, and one that still waits is
 * merged into it: everything that is due is taken by one run. The very first date is noted as not held, so that an
 * installation put into service by day does not start a night at once.
 */
export async function callNight(db: Executor, date: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('pnbsf-cmu call night', 0))`.execute(trx);
    const { rows } = await sql`
      insert into night (night_date, not_held)
      select ${date}::date, not exists (select 1 from night)
       where not exists (select 1 from night where night_date >= ${date}::date)
      returning night_date`.execute(trx);
    if (rows.length === 0) return;
    await sql`
      update night n set merged_into = ${date}::date, waits_for = null
       where n.night_date < ${date}::date and ${PENDING}`.execute(trx);
  });
}

const PENDING = sql<boolean>`
  not n.not_held and n.merged_into is null and not exists (select 1 from run r where r.night_date = n.night_date)`;

/** The night that is due and has not begun; null when there is none. */
export async function pendingNight(db: Executor): Promise<PendingNight | null> {
  const { rows } = await sql<PendingNight>`
    select night_date as date, taken_in_at is not null as "takenIn" from night n where ${PENDING}
     order by night_date desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Sets down that the batches of a night were taken in. */
export async function noteTakenIn(db: Executor, date: string): Promise<void> {
  await sql`update night set taken_in_at = now() where night_date = ${date}::date`.execute(db);
}

/** Sets down why a night does not begin; null when it has begun. */
export async function noteWait(db: Executor, date: string, wait: NightWait | null): Promise<void> {
  await sql`
    update night set waits_for = ${wait}
     where night_date = ${date}::date and waits_for is distinct from ${wait}`.execute(db);
}

/** Does something for the night that only one process at a time may do; null when another is at it. */
export async function aloneOnNight<T>(db: Executor, work: () => Promise<T>): Promise<T | null> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${LOCK}) as ours`.execute(connection);
    if (rows[0]?.ours !== true) return null;
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

const LOCK = sql`hashtextextended('pnbsf-cmu night', 0)`;

/** A night as lists show it. */
export interface ListedNight {
  readonly date: string;
  readonly run: string | null;
  readonly runState: string | null;
  readonly waitsFor: NightWait | null;
  readonly mergedInto: string | null;
  readonly notHeld: boolean;
}

/** The latest nights, latest first. */
export async function listNights(db: Executor, limit: number): Promise<readonly ListedNight[]> {
  const { rows } = await sql<ListedNight>`
    select n.night_date as date, r.id as run, r.state as "runState", n.waits_for as "waitsFor",
           n.merged_into as "mergedInto", n.not_held as "notHeld"
      from night n left join run r on r.night_date = n.night_date
     order by n.night_date desc limit ${limit}`.execute(db);
  return rows;
}
