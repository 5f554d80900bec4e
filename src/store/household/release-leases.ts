import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Frees every household an owner still holds, for others to go on at once. Only for an owner that has ended all its work:
 * what it has sent is `sending`, and is looked up after the settle window as after any other end.
 */
export async function releaseLeases(db: Executor, owner: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update household_work set lease_until = null
     where owner = ${owner} and lease_until > now() and finished_at is null`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
