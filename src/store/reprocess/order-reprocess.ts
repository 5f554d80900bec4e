import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import { ELIGIBLE_FATES, selectPeople, type Fate, type ReprocessFilter } from './select-people.ts';

/** So many people of a filter are in this state, and this would be done about them. */
export interface FateCount {
  readonly state: EnrolmentState;
  readonly fate: Fate;
  readonly people: number;
}

export interface ReprocessOrder {
  readonly filter: ReprocessFilter;
  /** The filter in the words of the order, for the record. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly settleMs: number;
  readonly by: string;
  readonly because: string;
}

export interface RecordedOrder {
  /** Null when nobody is to be done again: then nothing was written. */
  readonly requestId: string | null;
  readonly asked: number;
  readonly counts: readonly FateCount[];
}

/** What an order would come to now. */
export async function countFates(
  db: Executor,
  filter: ReprocessFilter,
  settleMs: number,
): Promise<readonly FateCount[]> {
  const { rows } = await sql<FateCount>`
    select state, fate, count(*)::int as people from (${selectPeople(filter, settleMs)}) s
     group by state, fate order by state, fate`.execute(db);
  return rows;
}

/** People of the counts whom the order does something about. */
export function eligiblePeople(counts: readonly FateCount[]): number {
  const eligible: readonly Fate[] = ELIGIBLE_FATES;
  return counts.filter(({ fate }) => eligible.includes(fate)).reduce((sum, { people }) => sum + people, 0);
}

/** Records an order: who, why, the filter, and every eligible person in order. Nobody is moved by it yet. */
export async function orderReprocess(db: Executor, order: ReprocessOrder): Promise<RecordedOrder> {
  // The counts and the list must tell of the same moment.
  const alike = db.transaction().setIsolationLevel('repeatable read');
  return alike.execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    const counts = await countFates(trx, order.filter, order.settleMs);
    const asked = eligiblePeople(counts);
    if (asked === 0) return { requestId: null, asked, counts };
    const eligible: readonly Fate[] = ELIGIBLE_FATES;
    const notEligible = counts.filter(({ fate }) => !eligible.includes(fate));
    const { id } = await trx
      .insertInto('reprocess_request')
      .values({
        ordered_by: order.by,
        because: order.because,
        campaign: order.filter.campaign,
        filter: JSON.stringify(order.asked),
        asked,
        not_eligible: JSON.stringify(
          Object.fromEntries(notEligible.map(({ state, fate, people }) => [`${state} ${fate}`, people])),
        ),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`
      insert into reprocess_item (request_id, position, enrolment_id, asked_state)
      select ${id}::bigint, row_number() over (order by household_id, member_number), id, state
        from (${selectPeople(order.filter, order.settleMs)}) s
       where fate = any(${[...ELIGIBLE_FATES]}::text[])`.execute(trx);
    const detail = JSON.stringify({ filter: order.asked, asked, because: order.because });
    await trx
      .insertInto('journal')
      .values({ actor: order.by, action: 'reprocess.order', subject: `reprocess ${id}`, detail })
      .execute();
    return { requestId: id, asked, counts };
  });
}

/** Stops an order: whoever has not been put to work yet is left as they are. False when it was over or stopped. */
export async function stopReprocess(
  db: Executor,
  { requestId, by, because }: { readonly requestId: string; readonly by: string; readonly because: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      update reprocess_request q set stopped_at = now(), stopped_by = ${by}, stop_because = ${because}
       where q.id = ${requestId}::bigint and q.stopped_at is null
         and exists (select 1 from reprocess_item i where i.request_id = q.id and i.queued_at is null)
      returning q.id`.execute(trx);
    if (rows.length === 0) return false;
    const detail = JSON.stringify({ because });
    await trx
      .insertInto('journal')
      .values({ actor: by, action: 'reprocess.stop', subject: `reprocess ${requestId}`, detail })
      .execute();
    return true;
  });
}
