import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Where a delivery came from. */
export type DeliverySource = 'drop' | 'rnu-service' | 'file';

/** A delivery that was refused whole. */
export interface RefusedDelivery {
  readonly source: DeliverySource;
  readonly name: string;
  readonly code: string;
  /** French, no personal data. */
  readonly explanation: string;
  readonly remedy: string;
  /** Where the file lies now; null where there is none. */
  readonly keptAt: string | null;
}

/** Keeps a refusal; the same delivery refused again is counted, not listed twice. Journalled. */
export async function noteRefusal(db: Executor, refusal: RefusedDelivery): Promise<void> {
  const { source, name, code, explanation, remedy, keptAt } = refusal;
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into refused_delivery (source, name, code, explanation, remedy, kept_at)
      values (${source}, ${name}, ${code}, ${explanation}, ${remedy}, ${keptAt})
      on conflict (source, name) do update
         set code = excluded.code, explanation = excluded.explanation, remedy = excluded.remedy,
             kept_at = excluded.kept_at, last_refused_at = now(), times = refused_delivery.times + 1,
             settled_at = null`.execute(trx);
    await trx
      .insertInto('journal')
      .values({
        actor: 'machine',
        action: 'import.refused',
        subject: `delivery ${source} ${name}`,
        detail: JSON.stringify({ code }),
      })
      .execute();
  });
}

/** Sets down that a delivery of this name came in after all. */
export async function settleRefusal(db: Executor, source: DeliverySource, name: string): Promise<void> {
  await sql`
    update refused_delivery set settled_at = now()
     where source = ${source} and name = ${name} and settled_at is null`.execute(db);
}

/** A refusal that nobody has made good yet. */
export interface ListedRefusal extends RefusedDelivery {
  readonly times: number;
  /** Instant, ISO 8601. */
  readonly lastRefusedAt: string;
}

/** Refused deliveries that have not come in since, latest first. */
export async function openRefusals(db: Executor, limit: number): Promise<readonly ListedRefusal[]> {
  const { rows } = await sql<ListedRefusal>`
    select source, name, code, explanation, remedy, kept_at as "keptAt", times,
           to_char(last_refused_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastRefusedAt"
      from refused_delivery where settled_at is null order by last_refused_at desc limit ${limit}`.execute(db);
  return rows;
}
