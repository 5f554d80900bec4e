import { sql } from 'kysely';
import type { BrakeRule } from '../../domain/brake.ts';
import type { Executor } from '../database.ts';
import { applyBrake } from '../night/apply-brake.ts';
import { brakeRegistering } from '../night/brake-registering.ts';
import type { RunState } from '../schema.ts';

/** Between two statements of one look, in which a process does nothing else. */
const LONGEST_HOLD = '5s';

/**
 * Moves a run to its next phase when the present one has nothing left to do.
 *
 * - `verifying` ends when all are verified. For those whom an absent registry paused it waits an eighth of the run's
 *   patience (half an hour) from the moment when nobody else is left; until then their deadline is the run's. Only then
 *   may anybody be registered, so that two lines which turn out to be one person are seen before either is. A night
 *   whose shares leave their usual band is `braked` instead, and waits for a named person.
 *   It is so too while people are registered, once the service refuses more than a rule allows.
 * - `registering` ends when nothing is due before the run's deadline and nobody holds a household. What was due in
 *   time is always done, however long it takes; what is paused beyond the deadline is reported as deferred.
 * - `reconciling` is ended by the reconciliation itself.
 *
 * Several processes may call this at once; each UPDATE is guarded by the state it leaves. The run is locked first and
 * looked at afterwards: whoever is adding work to it holds that lock, and a look begun before would miss the work.
 * Nobody waits for the lock: a process that is stopped while it holds it would stop the sweeping of all others, and is
 * parted from it by the server after a few seconds.
 */
export async function advanceRun(
  db: Executor,
  runId: string,
  brake: BrakeRule | null = null,
): Promise<RunState | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      select set_config('idle_in_transaction_session_timeout', ${LONGEST_HOLD}, true)
        from run where id = ${runId}::bigint for update skip locked`.execute(trx);
    return rows.length > 0 ? moveOn(trx, runId, brake) : stateOf(trx, runId);
  });
}

async function stateOf(db: Executor, runId: string): Promise<RunState | null> {
  const row = await db.selectFrom('run').select('state').where('id', '=', runId).executeTakeFirst();
  return row?.state ?? null;
}

const VERIFIED = sql<boolean>`
  r.state = 'verifying' and not exists (
    select 1 from household_work w
     where w.run_id = r.id and w.finished_at is null
       and (w.lease_until > now() or w.verify_due <= greatest(now(), r.deadline)))`;

async function mustStop(db: Executor, runId: string, brake: BrakeRule | null): Promise<boolean> {
  if (brake === null) return false;
  const { rows } = await sql`select 1 from run r where r.id = ${runId}::bigint and ${VERIFIED}`.execute(db);
  return rows.length > 0 && applyBrake(db, runId, brake);
}

async function moveOn(db: Executor, runId: string, brake: BrakeRule | null): Promise<RunState | null> {
  await sql`
    update run r set deadline = now() + r.patience_ms * interval '1 millisecond' / 8
     where r.id = ${runId}::bigint and r.state = 'verifying' and r.deadline is null
       and not exists (
         select 1 from household_work w
          where w.run_id = r.id and w.finished_at is null
            and (w.lease_until > now() or w.verify_due <= now()))`.execute(db);
  if (await mustStop(db, runId, brake)) return 'braked';
  if (brake !== null && (await brakeRegistering(db, runId, brake))) return 'braked';
  await sql`
    update run r set state = 'registering', deadline = now() + r.patience_ms * interval '1 millisecond'
     where r.id = ${runId}::bigint and ${VERIFIED}`.execute(db);
  await sql`
    update run r set state = 'reconciling'
     where r.id = ${runId}::bigint and r.state = 'registering'
       and not exists (
         select 1 from household_work w
          where w.run_id = r.id and w.finished_at is null
            and (w.lease_until > now()
                 or least(w.verify_due, w.register_due) < r.deadline))`.execute(db);
  return stateOf(db, runId);
}
