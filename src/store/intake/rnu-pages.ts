import { sql } from 'kysely';
import type { RnuBatch, RnuPage } from '../../domain/partners.ts';
import type { Executor } from '../database.ts';

/** A page of a batch under its rank, from 1, and the cursor it was asked for with. */
export interface KeptPage extends RnuPage {
  readonly page: number;
  readonly cursor: string | null;
}

/** Pages nobody came back for are personal data without a use. */
const KEPT_DAYS = 7;

function announced({ extractedOn, people, households }: RnuBatch): string {
  return `${extractedOn} ${people} ${households}`;
}

/** Forgets pages of another extraction of a batch, and what has lain too long. */
export async function dropStalePages(db: Executor, batch: RnuBatch): Promise<void> {
  await sql`
    delete from rnu_page
     where (batch_number = ${batch.batchNumber} and announced <> ${announced(batch)})
        or fetched_at < now() - ${KEPT_DAYS} * interval '1 day'`.execute(db);
}

/** A kept page by its rank; null where none is kept. */
export async function keptPage(db: Executor, batchNumber: string, page: number): Promise<KeptPage | null> {
  const { rows } = await sql<{ cursor: string | null; next: string | null; records: string }>`
    select cursor, next, records from rnu_page
     where batch_number = ${batchNumber} and page = ${page}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return { page, cursor: row.cursor, next: row.next, records: JSON.parse(row.records) as RnuPage['records'] };
}

/** Rank of the last page kept without a gap before it; 0 where none is. */
export async function lastKeptPage(db: Executor, batchNumber: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select count(*)::int as last
      from (select page, row_number() over (order by page) as rank from rnu_page
             where batch_number = ${batchNumber}) ranked
     where page = rank`.execute(db);
  return rows[0]?.last ?? 0;
}

/** Keeps a page; one already kept under its rank stands. */
export async function keepPage(
  db: Executor,
  batch: RnuBatch,
  { page, cursor, next, records }: KeptPage,
): Promise<void> {
  await sql`
    insert into rnu_page (batch_number, page, announced, cursor, next, records)
    values (${batch.batchNumber}, ${page}, ${announced(batch)}, ${cursor}, ${next}, ${JSON.stringify(records)})
    on conflict do nothing`.execute(db);
}

/** Forgets a batch's pages: it is in, or refused. */
export async function dropPages(db: Executor, batchNumber: string): Promise<void> {
  await sql`delete from rnu_page where batch_number = ${batchNumber}`.execute(db);
}
