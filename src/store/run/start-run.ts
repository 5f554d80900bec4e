import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import type { RunState } from '../schema.ts';
import { takeUpRenewals } from './take-up-renewals.ts';
import { verifyRehearsed } from './verify-rehearsed.ts';

export interface StartRun {
  /** Civil day of the run, `AAAA-MM-JJ`. */
  readonly runDate: string;
  readonly campaign: string;
  /** How long after verification the run waits for what is deferred. */
  readonly patienceMs: number;
  /** Only these households' batch; null for everything that is due. */
  readonly batchId: string | null;
  readonly startedBy: string;
  /** Verify and report, and register nobody; false unless told. */
  readonly shadow?: boolean;
  /** People the run may send at most, over all workers; no cap unless told. */
  readonly maxWrites?: number | null;
  /** Days before its end from which a cover of an earlier campaign is taken up; none is unless told. */
  readonly renewalLeadDays?: number | null;
  /** The night this run is, of which each date has one; none for a run ordered by hand. */
  readonly nightDate?: string;
}

export interface StartedRun {
  readonly runId: string;
  readonly people: number;
  readonly households: number;
  /** False when another run was still open: it is that one's identity which is returned. */
  readonly started: boolean;
}

/** The open run is not of the kind that was ordered: to join it would register people nobody meant to register. */
export class OtherRunOpen extends Error {
  readonly code = 'EXECUTION_DEJA_OUVERTE';
  readonly remedy = 'Attendez sa clôture (« pnbsf-cmu status » la suit), ou reprenez-la sans --shadow ni --max-writes.';
}

/**
 * Opens a run over every household with work left, and takes in the batches no run has taken yet. One run at a time:
 * while one is open it is returned instead, so that a second order cannot overlap the first. Throws
 * {@link OtherRunOpen} when a careful run was ordered and the open one is less careful.
 */
export async function startRun(db: Executor, order: StartRun): Promise<StartedRun> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('pnbsf-cmu:start-run'))`.execute(trx);
    // No import may add people to a household while the run takes it in, and the whole country takes its minutes.
    await sql`select pg_advisory_xact_lock(hashtextextended('pnbsf-cmu intake merge', 0))`.execute(trx);
    await sql`set local statement_timeout = 0`.execute(trx);
    const open = await openRun(trx);
    if (open) {
      refuseLessCareful(order, open);
      return { runId: open.runId, people: open.people, households: open.households, started: false };
    }
    const { id } = await trx
      .insertInto('run')
      .values({
        run_date: order.runDate,
        campaign: order.campaign,
        state: 'verifying',
        patience_ms: String(order.patienceMs),
        shadow: order.shadow ?? false,
        max_writes: order.maxWrites ?? null,
        night_date: order.nightDate ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const renewals = await renewalsOf(trx, order);
    const counts = await takeIn(trx, id, order);
    await verifyRehearsed(trx, id);
    await trx.updateTable('run').set(counts).where('id', '=', id).execute();
    await trx
      .insertInto('journal')
      .values({
        actor: order.startedBy,
        action: 'run.start',
        subject: `run ${id}`,
        detail: JSON.stringify({
          ...counts,
          runDate: order.runDate,
          batchId: order.batchId,
          ...renewals,
          ...careful(order),
        }),
      })
      .execute();
    return { runId: id, ...counts, started: true };
  });
}

/** Not for a run over one batch, which is about its people alone; for the journal where there are any. */
async function renewalsOf(trx: Executor, order: StartRun): Promise<{ readonly renewals?: number }> {
  const { campaign, runDate, batchId, renewalLeadDays: leadDays } = order;
  if (batchId !== null || typeof leadDays !== 'number') return {};
  const renewals = await takeUpRenewals(trx, { campaign, runDate, leadDays });
  return renewals === 0 ? {} : { renewals };
}

/** What makes an order a careful one, for the journal; nothing for an ordinary night. */
function careful({ shadow, maxWrites }: StartRun): Partial<StartRun> {
  return { ...(shadow === true ? { shadow } : {}), ...(typeof maxWrites === 'number' ? { maxWrites } : {}) };
}

function refuseLessCareful(order: StartRun, open: OpenRun): void {
  const sameCare = order.shadow !== true || open.shadow;
  const sameCap = typeof order.maxWrites !== 'number' || open.shadow || open.maxWrites === order.maxWrites;
  if (!sameCare) throw new OtherRunOpen(`L’exécution ${open.runId} est ouverte et n’est pas à blanc.`);
  if (!sameCap) throw new OtherRunOpen(`L’exécution ${open.runId} est ouverte avec un autre plafond, ou sans plafond.`);
}

async function takeIn(trx: Executor, runId: string, order: StartRun): Promise<{ people: number; households: number }> {
  const ofBatch =
    order.batchId === null
      ? sql`true`
      : sql`w.household_id in (select household_id from person where batch_id = ${order.batchId}::bigint)`;
  await sql`
    insert into run_batch (run_id, batch_id, shadow)
    select ${runId}::bigint, b.id, ${order.shadow ?? false} from batch b
     where not exists (select 1 from run_batch rb where rb.batch_id = b.id and not rb.shadow)
       and ${order.batchId === null ? sql`true` : sql`b.id = ${order.batchId}::bigint`}`.execute(trx);
  const { rows } = await sql<{ people: number; households: number }>`
    with work as (
      -- What an earlier run left for the next one is due again (Move.untilNextRun).
      update household_work w set run_id = ${runId}::bigint,
             register_due = case when w.register_due = 'infinity' then now() else w.register_due end
       where w.finished_at is null and ${ofBatch}
         and exists (select 1 from enrolment e where e.household_id = w.household_id
                        and e.campaign = ${order.campaign} and e.step <> 'none')
      returning w.household_id
    ), taken as (
      update enrolment e set run_id = ${runId}::bigint, not_before = nullif(e.not_before, 'infinity') from work
       where e.household_id = work.household_id and e.campaign = ${order.campaign} and e.step <> 'none'
      returning e.id
    )
    select (select count(*) from work)::int as households, (select count(*) from taken)::int as people`.execute(trx);
  return rows[0] ?? { people: 0, households: 0 };
}

export interface OpenRun {
  readonly runId: string;
  readonly kind: 'night' | 'staff';
  readonly state: RunState;
  readonly people: number;
  readonly households: number;
  readonly shadow: boolean;
  readonly maxWrites: number | null;
}

/** The run that is not closed yet, if any; one that stopped for a person counts, and keeps the next from starting. */
export async function openRun(db: Executor): Promise<OpenRun | null> {
  const row = await db
    .selectFrom('run')
    .select(['id as runId', 'kind', 'state', 'people', 'households', 'shadow', 'max_writes as maxWrites'])
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return row ?? null;
}
