import { createHash } from 'node:crypto';
import type { RnuBatch, RnuPage } from '../../domain/partners.ts';
import type { Executor } from '../../store/database.ts';
import {
  dropPages,
  dropStalePages,
  keepPage,
  keptPage,
  lastKeptPage,
  type KeptPage,
} from '../../store/intake/rnu-pages.ts';
import { IntakeError } from './intake-error.ts';

/** How the service is asked for the page under a cursor; null is the first. */
export interface PageSource {
  readonly fetchPage: (cursor: string | null) => Promise<RnuPage>;
  /** The same for a page it gave before; null where it refuses the cursor now. */
  readonly askAgain: (cursor: string | null) => Promise<RnuPage | null>;
}

/**
 * The pages of a batch in order. Those that an earlier, interrupted pull has kept come from the database, once the service
 * still gives the last of them as it was; the others from the service, each kept before anything is made of it. Throws
 * `PAGE_REPETEE` when a page comes twice or a cursor leads back, also across the interruption.
 */
export async function* pulledPages(db: Executor, batch: RnuBatch, source: PageSource): AsyncGenerator<KeptPage> {
  const kept = await keptUntil(db, batch, source);
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let page = 1; ; page += 1) {
    const known = page <= kept ? await keptPage(db, batch.batchNumber, page) : null;
    const one: KeptPage = known ?? { page, cursor, ...(await source.fetchPage(cursor)) };
    refuseRepetition(seen, one);
    if (known === null) await keepPage(db, batch, one);
    yield one;
    if (one.next === null) return;
    cursor = one.next;
  }
}

/** How many kept pages count: all, or none where the service gives the last of them otherwise than before. */
async function keptUntil(db: Executor, batch: RnuBatch, { askAgain }: PageSource): Promise<number> {
  await dropStalePages(db, batch);
  const last = await lastKeptPage(db, batch.batchNumber);
  const kept = last === 0 ? null : await keptPage(db, batch.batchNumber, last);
  if (kept === null) return 0;
  const now = await askAgain(kept.cursor);
  if (now !== null && now.next === kept.next && fingerprint(now.records) === fingerprint(kept.records)) return last;
  await dropPages(db, batch.batchNumber);
  return 0;
}

/** A page met before, or a cursor that leads back, would go on for ever or hide that another page is missing. */
function refuseRepetition(seen: Set<string>, { page, records, next }: KeptPage): void {
  const marks = [records.length === 0 ? null : fingerprint(records), next === null ? null : `cursor ${next}`];
  for (const mark of marks) {
    if (mark === null) continue;
    if (seen.has(mark)) throw new IntakeError('PAGE_REPETEE', { page });
    seen.add(mark);
  }
}

function fingerprint(records: RnuPage['records']): string {
  return createHash('sha256').update(JSON.stringify(records)).digest('base64');
}
