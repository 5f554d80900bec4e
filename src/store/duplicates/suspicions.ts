import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';
import { confirmedByPerson, mayBeRegistered } from '../review/doubted-pairs.ts';

/** A line that may be the same human as another, as the verification of the first saw it. */
export interface Suspicion {
  readonly personId: string;
  readonly otherId: string;
  /** Fingerprints of both lines as they were compared, hexadecimal. */
  readonly contentHash: string;
  readonly otherHash: string;
  readonly probability: number;
  /** Entry of a certificate, the first line on the left. */
  readonly certificate: unknown;
}

/**
 * Files what was found from the side of these people, instead of what was found from there before. Committed at once, ahead
 * of the decision it leads to: of two lines verified at the same time, whoever looks second finds the other.
 */
export async function replaceSuspicions(
  db: Executor,
  personIds: readonly string[],
  found: readonly Suspicion[],
): Promise<void> {
  await sql`
    with f as (
      select * from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as f(
        "personId" bigint, "otherId" bigint, "contentHash" text, "otherHash" text, probability float8, certificate jsonb)
    ), outdated as (
      delete from suspected_duplicate s
       where s.person_id = any(${[...personIds]}::bigint[])
         and not exists (select 1 from f where f."personId" = s.person_id and f."otherId" = s.other_id)
    )
    insert into suspected_duplicate (person_id, other_id, content_hash, other_hash, probability, certificate)
    select "personId", "otherId", decode("contentHash", 'hex'), decode("otherHash", 'hex'), probability, certificate
      from f order by 1, 2
    on conflict (person_id, other_id) do update
      set content_hash = excluded.content_hash, other_hash = excluded.other_hash,
          probability = excluded.probability, certificate = excluded.certificate, found_at = now()`.execute(db);
}

/** A suspicion in force about somebody who is about to be registered. */
export interface OpenSuspicion {
  readonly enrolmentId: string;
  /** RNU reference of the other line. */
  readonly otherRef: string;
  readonly certificate: unknown;
  /** The certificate has the other line on the left: it was found from there. */
  readonly mirrored: boolean;
}

/**
 * Suspicions about these enrolments, whichever of the two lines they were found from. In force while both lines say
 * what they said when they were compared, nobody has discarded the other or declared them two people; and, for somebody
 * whom a named person confirmed, only because of another who is or may be registered. Best first.
 */
export async function openSuspicions(db: Executor, enrolmentIds: readonly string[]): Promise<readonly OpenSuspicion[]> {
  return enrolmentIds.length === 0 ? [] : suspicionsOfVisit(db, enrolmentIds);
}

const suspicionsOfVisit = grouped(suspicionsOfAll, { most: VISITS_AT_ONCE });

async function suspicionsOfAll(
  db: Executor,
  visits: readonly (readonly string[])[],
): Promise<readonly (readonly OpenSuspicion[])[]> {
  const { rows } = await sql<OpenSuspicion>`
    select me.id as "enrolmentId", o.ref as "otherRef", s.certificate, s.mirrored
      from enrolment me
      join person p on p.id = me.person_id
      join lateral (
        select other_id as other, content_hash as mine, other_hash as theirs, probability, certificate, false as mirrored
          from suspected_duplicate where person_id = me.person_id
        union all
        select person_id, other_hash, content_hash, probability, certificate, true
          from suspected_duplicate where other_id = me.person_id
      ) s on s.mine = p.content_hash
      join person o on o.id = s.other and o.content_hash = s.theirs
     where me.id = any(${visits.flat()}::bigint[])
       and not exists (select 1 from enrolment e where e.person_id = o.id
                          and e.state in ('discarded-duplicate', 'discarded-deceased', 'out-of-scope'))
       and not exists (select 1 from link_broken b
                        where b.person_a = least(p.id, o.id) and b.person_b = greatest(p.id, o.id))
       and (not ${confirmedByPerson('me')} or exists (
         select 1 from enrolment other where other.person_id = o.id and ${mayBeRegistered('other')}))
     order by me.id, s.probability desc, o.ref, s.mirrored`.execute(db);
  return visits.map((enrolmentIds) => rows.filter(({ enrolmentId }) => enrolmentIds.includes(enrolmentId)));
}
