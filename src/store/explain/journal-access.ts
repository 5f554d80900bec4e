import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Somebody who looked at a person's file before. */
export interface Access {
  readonly at: Date;
  readonly by: string;
}

/** Enters into the journal that somebody is shown a person's file. Written before anything is shown. */
export async function journalAccess(
  db: Executor,
  { personId, by, on }: { readonly personId: string; readonly by: string; readonly on: string | null },
): Promise<void> {
  const detail = JSON.stringify({ on });
  await db
    .insertInto('journal')
    .values({ actor: by, action: 'explain', subject: `person ${personId}`, detail })
    .execute();
}

/** How many of the latest consultations are told. */
const TOLD = 5;

/** The latest consultations of a person's file, latest first, and how many there were. */
export async function listAccesses(
  db: Executor,
  personId: string,
): Promise<{ readonly count: number; readonly latest: readonly Access[] }> {
  const subject = `person ${personId}`;
  const { rows } = await sql<Access & { count: number }>`
    select at, actor as by, count(*) over ()::int as count from journal
     where subject = ${subject} and action in ('explain', 'review.show-full') order by id desc limit ${TOLD}`.execute(
    db,
  );
  return { count: rows[0]?.count ?? 0, latest: rows.map(({ at, by }) => ({ at, by })) };
}
