import type { Executor } from '../database.ts';
import type { UnreadableLineTable } from '../schema.ts';

/** An unreadable line, as kept. */
export type KeptUnreadableLine = Omit<UnreadableLineTable, 'batch_id'>;

const PAGE = 1_000;

/** The unreadable lines of a batch in file order, a page at a time: no snapshot stays open while they are written out. */
export async function* listUnreadable(db: Executor, batchId: string): AsyncGenerator<readonly KeptUnreadableLine[]> {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('unreadable_line')
      .select(['line_number', 'field', 'code', 'explanation', 'remedy', 'raw_line'])
      .where('batch_id', '=', batchId)
      .where('line_number', '>', after)
      .orderBy('line_number')
      .limit(PAGE)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.line_number;
  }
}
