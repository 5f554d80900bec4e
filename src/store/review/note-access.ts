import type { Executor } from '../database.ts';

/** Journals that somebody is shown a person's numbers in full; written before anything is shown. */
export async function noteFullAccess(db: Executor, personId: string, by: string): Promise<void> {
  await db
    .insertInto('journal')
    .values({ actor: by, action: 'review.show-full', subject: `person ${personId}`, detail: '{}' })
    .execute();
}
