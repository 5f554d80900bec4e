import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** A destination nobody calls until a person ends the pause. */
export interface DestinationPause {
  readonly name: string;
  readonly pausedAt: Date;
  readonly pausedBy: string;
  readonly because: string;
}

/** Who orders it, and why; written to the journal. */
export interface PauseOrder {
  readonly name: string;
  readonly by: string;
  readonly because: string;
}

/** The pauses in force, by name. */
export async function listPauses(db: Executor): Promise<readonly DestinationPause[]> {
  const { rows } = await sql<DestinationPause>`
    select name, paused_at as "pausedAt", paused_by as "pausedBy", because
      from destination_pause order by name`.execute(db);
  return rows;
}

/** Pauses a destination and journals it. False when it was paused already: the first order stands as it is. */
export async function pauseDestination(db: Executor, { name, by, because }: PauseOrder): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      insert into destination_pause (name, paused_by, because) values (${name}, ${by}, ${because})
      on conflict (name) do nothing returning name`.execute(trx);
    if (rows.length === 0) return false;
    await journal(trx, 'destination.pause', { name, by, because });
    return true;
  });
}

/** Ends a pause and journals it. False when there was none. */
export async function resumeDestination(db: Executor, { name, by, because }: PauseOrder): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`delete from destination_pause where name = ${name} returning name`.execute(trx);
    if (rows.length === 0) return false;
    await journal(trx, 'destination.resume', { name, by, because });
    return true;
  });
}

async function journal(trx: Executor, action: string, { name, by, because }: PauseOrder): Promise<void> {
  const detail = JSON.stringify({ because });
  await trx
    .insertInto('journal')
    .values({ actor: by, action, subject: `destination ${name}`, detail })
    .execute();
}
