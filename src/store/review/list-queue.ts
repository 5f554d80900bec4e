import { sql, type RawBuilder } from 'kysely';
import { placeKey } from '../../domain/place-name.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

/** Which part of the queue; null members leave nothing out. */
export interface QueueFilter {
  readonly campaign: string;
  /** People who carry at least one code of each of these. */
  readonly reasons: readonly (readonly ReasonCode[])[];
  readonly region: string | null;
  readonly runId: string | null;
  readonly limit: number;
}

/** A person who waits for a decision. */
export interface QueueEntry {
  /** Stable: the enrolment's. */
  readonly id: string;
  readonly ref: string;
  readonly fullName: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly reasons: readonly ReasonCode[];
  readonly since: Date;
  readonly waitingDays: number;
  /** Others of the household have no policy holder as long as this adult is not decided on. */
  readonly holdsUpHousehold: boolean;
}

export interface Queue {
  /** All that match, shown or not. */
  readonly total: number;
  readonly entries: readonly QueueEntry[];
}

/**
 * The queue of people who wait for a named person: first those who hold up their household, then by age, a household's
 * members together. Age is that of the run that doubted them, so that a page needs no look at every decision.
 */
export async function listQueue(db: Executor, filter: QueueFilter): Promise<Queue> {
  const wanted = await conditions(db, filter);
  const { rows } = await sql<QueueEntry & { total: number }>`
    with waiting as (
      select e.id, e.household_id, e.person_id, e.run_id, e.reasons, p.member_number, count(*) over ()::int as total,
             ${holdsUp} as "holdsUpHousehold"
        from enrolment e join person p on p.id = e.person_id join household h on h.id = e.household_id
       where ${wanted}
       order by "holdsUpHousehold" desc, e.run_id, e.household_id, p.member_number limit ${filter.limit}
    )
    select w.id, p.ref, p.full_name as "fullName", h.region, h.departement, h.commune, w.reasons, d.since,
           floor(extract(epoch from now() - d.since) / 86400)::int as "waitingDays", w."holdsUpHousehold", w.total
      from waiting w
      join person p on p.id = w.person_id
      join household h on h.id = w.household_id
      cross join lateral (
        select coalesce(max(decided_at), now()) as since from decision
         where enrolment_id = w.id and to_state = 'needs-review') d
     order by w."holdsUpHousehold" desc, w.run_id, w.household_id, w.member_number`.execute(db);
  return { total: rows[0]?.total ?? 0, entries: rows.map(({ total: _total, ...entry }) => entry) };
}

/** The head or the manager of the grant, where somebody of the household lacks a policy holder. */
const holdsUp = sql`(
  (p.relationship = 1 or p.member_number in (h.grant_manager, h.deputy_grant_manager))
  and exists (select 1 from enrolment o
               where o.household_id = e.household_id and o.campaign = e.campaign and o.id <> e.id
                 and o.reasons && array['MENAGE_SANS_TITULAIRE', 'TITULAIRE_EN_ATTENTE'])) is true`;

async function conditions(db: Executor, filter: QueueFilter): Promise<RawBuilder<unknown>> {
  const { reasons, region, runId } = filter;
  const every = [
    sql`e.state = 'needs-review'`,
    sql`e.campaign = ${filter.campaign}`,
    ...reasons.map((codes) => sql`e.reasons && ${[...codes]}::text[]`),
    ...(region === null ? [] : [sql`h.region = any(${await spellings(db, region)}::text[])`]),
    ...(runId === null ? [] : [sql`e.run_id = ${runId}::bigint`]),
  ];
  return sql.join(every, sql` and `);
}

/** A région as the senders write it: accents, dashes and capitals differ. */
async function spellings(db: Executor, region: string): Promise<string[]> {
  const rows = await db.selectFrom('household').select('region').distinct().execute();
  return rows.map((row) => row.region).filter((written) => placeKey(written) === placeKey(region));
}
