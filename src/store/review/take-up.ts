/**
 * How what staff decided or ordered gets into a run. A decision changes the person's state and notes `staff_since`; the
 * step that is left to do is opened here, in the statement that counts the person into a run, so that nothing is ever
 * done that no run reports. Households under lease wait for the next look.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Executor } from '../database.ts';
import { verifyRehearsed } from '../run/verify-rehearsed.ts';
import type { RunState } from '../schema.ts';

/** The run that is not closed, as staff work sees it. */
export interface RunForStaff {
  readonly runId: string;
  readonly kind: 'night' | 'staff';
  readonly state: RunState;
  readonly people: number;
}

/** What a staff run is opened with. */
export interface StaffRunOrder {
  readonly campaign: string;
  /** Civil day, `AAAA-MM-JJ`. */
  readonly runDate: string;
  readonly patienceMs: number;
}

/**
 * Whose order no run has taken up. A run that closed without touching the person (late order, or a night's patience at
 * its end) has not: the next takes them. So does it with an unknown outcome, whose pauses grow; what a registry's absence
 * postponed is left to the night instead of being tried by run after run.
 */
const WAITING = sql`e.staff_since is not null and (
  e.staff_run_id is null
  or (e.state in ('received', 'confirmed', 'outcome-unknown')
      and exists (select 1 from run closed where closed.id = e.staff_run_id and closed.state = 'closed')))`;

/** Whether staff work waits for a run. */
export async function staffWorkWaits(db: Executor, campaign: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select 1 from enrolment e join household_work w using (household_id)
       where ${WAITING} and e.campaign = ${campaign} and (w.lease_until is null or w.lease_until < now())
         and (e.not_before is null or e.not_before <= now() or e.not_before = 'infinity')) as waits`.execute(db);
  return rows[0]?.waits === true;
}

/** People staff have put to work who are not done yet. */
export async function staffWorkInHand(db: Executor): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*)::int as people from enrolment where staff_since is not null`.execute(db);
  return rows[0]?.people ?? 0;
}

/**
 * The run that is not closed, locked until the transaction ends, so that it neither moves on nor closes meanwhile. Null
 * when there is none; `busy` when somebody else has it.
 */
export async function holdOpenRun(trx: Executor): Promise<RunForStaff | 'busy' | null> {
  const { rows } = await sql<RunForStaff>`
    select id as "runId", kind, state, people from run where state <> 'closed' for update skip locked`.execute(trx);
  if (rows[0]) return rows[0];
  const open = await trx.selectFrom('run').select('id').where('state', '<>', 'closed').executeTakeFirst();
  return open ? 'busy' : null;
}

/** Counts waiting staff work into a run that the caller holds, and makes it due. Returns how many people joined. */
export async function joinStaffWork(trx: Executor, runId: string, campaign: string): Promise<number> {
  const { rows } = await sql<{ joined: number }>`
    with ${freeHouseholds(sql`${runId}::bigint`, campaign)}, work as (
      update household_work w
         set run_id = ${runId}::bigint, verify_due = least(w.verify_due, due.verify_due),
             register_due = least(w.register_due, due.register_due), finished_at = null
        from free join due using (household_id)
       where w.household_id = free.household_id
    ), joined as (
      update enrolment e
         set run_id = ${runId}::bigint, step = member.step,
             staff_run_id = case when e.staff_since is null then e.staff_run_id else ${runId}::bigint end,
             not_before = case when e.staff_since is null then e.not_before else nullif(e.not_before, 'infinity') end
        from member
       where e.id = member.id and e.state = member.state and e.step = member.former_step
      returning e.id, member.former_run is distinct from ${runId}::bigint as new, member.former_staff_run
    ), items as (
      update reprocess_item i set run_id = ${runId}::bigint from joined
       where i.enrolment_id = joined.id and i.queued_at is not null and not i.gone
         and (i.run_id is null or i.run_id = joined.former_staff_run)
    ), counted as (
      update run set people = people + (select count(*) from joined where new),
                     households = households + (select count(*) from free where new)
       where id = ${runId}::bigint and exists (select 1 from joined)
    )
    select count(*)::int as joined from joined`.execute(trx);
  const joined = rows[0]?.joined ?? 0;
  if (joined > 0) await verifyRehearsed(trx, runId);
  return joined;
}

/**
 * Households with waiting staff work that nobody holds, and those a visit noted as finished while an order was on its
 * way; their members with work, and what is due.
 */
function freeHouseholds(run: RawBuilder<unknown>, campaign: string): RawBuilder<unknown> {
  return sql`
    wanted as (
      select distinct e.household_id from enrolment e join household_work w using (household_id)
       where e.campaign = ${campaign} and e.staff_since is not null
         and ((${WAITING}) or (e.staff_run_id = ${run} and (
               w.finished_at is not null or (e.step = 'verify' and w.verify_due is null)
               or (e.step = 'register' and w.register_due is null))))
    ), free as (
      select w.household_id, w.run_id is distinct from ${run} as new
        from household_work w join wanted using (household_id)
       where w.lease_until is null or w.lease_until < now()
       order by w.household_id for update of w skip locked
    ), member as (
      select e.id, e.household_id, e.state, e.step as former_step, e.run_id as former_run,
             e.staff_run_id as former_staff_run,
             case when e.staff_since is not null and e.step = 'none'
                  then case e.state when 'received' then 'verify' else 'register' end else e.step end as step,
             case when e.staff_since is null then e.not_before else nullif(e.not_before, 'infinity') end as not_before
        from enrolment e join free using (household_id)
       where e.campaign = ${campaign} and (e.step <> 'none' or e.staff_since is not null)
    ), due as (
      select household_id, min(coalesce(not_before, now())) filter (where step = 'verify') as verify_due,
             min(coalesce(not_before, now())) filter (where step = 'register') as register_due
        from member group by household_id
    )`;
}

/**
 * Opens a run over staff work alone and returns its identity; null where a run is open, an order for a night waits, or
 * an import is changing households. It takes in no batch, and is no night of its date.
 */
export async function startStaffRun(db: Executor, order: StaffRunOrder): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('pnbsf-cmu:start-run'))`.execute(trx);
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock_shared(hashtextextended('pnbsf-cmu intake merge', 0))
             and not exists (select 1 from run where state <> 'closed') as free`.execute(trx);
    if (rows[0]?.free !== true || (await nightWaits(trx)) || !(await staffWorkWaits(trx, order.campaign))) return null;
    const { id } = await trx
      .insertInto('run')
      .values({
        kind: 'staff',
        run_date: order.runDate,
        campaign: order.campaign,
        state: 'verifying',
        patience_ms: String(order.patienceMs),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const people = await joinStaffWork(trx, id, order.campaign);
    if (people === 0) {
      // Somebody holds just these households: the next look finds them.
      await trx.deleteFrom('run').where('id', '=', id).execute();
      return null;
    }
    const detail = JSON.stringify({ kind: 'staff', people });
    await trx
      .insertInto('journal')
      .values({ actor: 'machine', action: 'run.start', subject: `run ${id}`, detail })
      .execute();
    return id;
  });
}

const NIGHT_WAITS = sql`hashtext('pnbsf-cmu:night-waits')`;

/** Whether somebody waits for the staff run to end, to start a night. */
export async function nightWaits(trx: Executor): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${NIGHT_WAITS}) as free`.execute(trx);
  return rows[0]?.free !== true;
}

/**
 * Keeps staff runs from opening or growing while a night waits for its turn. The claim belongs to a connection kept for
 * it, and ends with the process.
 */
export async function whileNightWaits<T>(db: Executor, wait: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock_shared(${NIGHT_WAITS})`.execute(connection);
    try {
      return await wait();
    } finally {
      await sql`select pg_advisory_unlock_shared(${NIGHT_WAITS})`.execute(connection);
    }
  });
}

/** Ends the waiting of a staff run for what is paused: a night that waits does that work as well. */
export async function hurryStaffRun(db: Executor): Promise<void> {
  await sql`
    update run set patience_ms = 0, deadline = least(deadline, now())
     where kind = 'staff' and state in ('verifying', 'registering') and patience_ms > 0`.execute(db);
}
