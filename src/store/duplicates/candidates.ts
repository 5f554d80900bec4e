import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';

/** A key of a member to look for, and the largest group under it that is worth comparing. */
export interface AskedFor {
  readonly personId: string;
  readonly key: number;
  readonly limit: number;
}

/** Two people who share a key. */
export interface MetPair {
  readonly personId: string;
  readonly otherId: string;
}

/** What a household's keys bring. */
export interface Candidates {
  /** Its own keys are not filed: nothing can be concluded before they are. */
  readonly keysDue: boolean;
  /** Former suspicions of its members are on file, to be replaced. */
  readonly suspected: boolean;
  readonly met: readonly MetPair[];
}

/** Compared per member at most, those who share most keys first. One human on two lines shares most of them. */
const MOST_PER_MEMBER = 60;

/**
 * Who shares a key with the members of a household, for all of them in one query. A group larger than the key's limit
 * is not read beyond it. Left out: people whom a named person discarded in any campaign, and pairs declared to be two
 * people.
 */
export function findCandidates(db: Executor, householdId: string, asked: readonly AskedFor[]): Promise<Candidates> {
  return candidatesOfVisit(db, { householdId, asked });
}

interface Visit {
  readonly householdId: string;
  readonly asked: readonly AskedFor[];
}

interface FoundRow {
  readonly due: readonly string[];
  readonly suspected: readonly string[];
  readonly met: readonly MetPair[];
}

const candidatesOfVisit = grouped(candidatesOfAll, { most: VISITS_AT_ONCE });

async function candidatesOfAll(db: Executor, visits: readonly Visit[]): Promise<readonly Candidates[]> {
  const found = await findAll(
    db,
    visits.map(({ householdId }) => householdId),
    visits.flatMap(({ asked }) => asked),
  );
  const [due, suspected] = [new Set(found.due), new Set(found.suspected)];
  const met = new Map<string, MetPair[]>();
  for (const pair of found.met) met.set(pair.personId, [...(met.get(pair.personId) ?? []), pair]);
  return visits.map(({ householdId, asked }) => {
    const members = [...new Set(asked.map(({ personId }) => personId))];
    return {
      keysDue: due.has(householdId),
      suspected: members.some((id) => suspected.has(id)),
      met: members.flatMap((id) => met.get(id) ?? []),
    };
  });
}

async function findAll(db: Executor, householdIds: readonly string[], asked: readonly AskedFor[]): Promise<FoundRow> {
  const { rows } = await sql<FoundRow>`
    with asked as (
      select * from unnest(${asked.map(({ personId }) => personId)}::bigint[], ${asked.map(({ key }) => key)}::bigint[],
                           ${asked.map(({ limit }) => limit)}::int[]) as a(mine, key, most)
    ), met as (
      select a.mine, other, count(*) as shared
        from asked a
        cross join lateral (
          select person_id as other, count(*) over () as people
            from (select person_id from match_key where key = a.key limit a.most + 1) k) g
       where g.people <= a.most and other <> a.mine
       group by 1, 2
    ), ranked as (
      select m.*, row_number() over (partition by mine order by shared desc, other) as rank from met m
       where not exists (select 1 from link_broken b
                          where b.person_a = least(mine, other) and b.person_b = greatest(mine, other))
         and not exists (select 1 from enrolment e
                          where e.person_id = other
                            and e.state in ('discarded-duplicate', 'discarded-deceased', 'out-of-scope'))
    )
    select array(select household_id::text from match_keys_due where household_id = any(${householdIds}::bigint[])) as due,
           array(select distinct a.mine::text from suspected_duplicate s join asked a on a.mine = s.person_id) as suspected,
           coalesce((select jsonb_agg(jsonb_build_object('personId', mine::text, 'otherId', other::text)
                                      order by mine, rank)
                       from ranked where rank <= ${MOST_PER_MEMBER}), '[]') as met`.execute(db);
  return rows[0] ?? { due: householdIds, suspected: [], met: [] };
}
