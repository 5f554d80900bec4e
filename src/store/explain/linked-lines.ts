import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import { instant, type Until } from './stored-person.ts';

/** Another line of the RNU that may be the same human, and what the two have in common. */
export interface LinkedLine {
  readonly ref: string;
  readonly state: EnrolmentState;
  readonly shared: 'national-id' | 'birth-extract' | 'registry-identity';
}

/** Enough to see the doubt; a filler that thousands share is no list of suspects. */
const MOST = 20;

const key = (column: string): ReturnType<typeof sql> =>
  sql`upper(regexp_replace(${sql.ref(column)}, '[^0-9A-Za-z]', '', 'g'))`;

/**
 * Lines that share a number or a registry identity with a person, of those received by then. Numbers and identities
 * are today's: what a line claimed before it was corrected is in the certificates of its decisions.
 */
export async function linkedLines(db: Executor, enrolmentId: string, until: Until): Promise<readonly LinkedLine[]> {
  const { rows } = await sql<LinkedLine>`
    with me as (
      select e.id, e.campaign, e.person_id, p.national_id, p.birth_extract_number
        from enrolment e join person p on p.id = e.person_id where e.id = ${enrolmentId}::bigint
    ), linked as (
      select o.id as person_id, 'national-id' as shared
        from me join person o on o.national_id is not null and ${key('o.national_id')} = ${key('me.national_id')}
       where ${key('me.national_id')} <> ''
      union
      select o.id, 'birth-extract'
        from me join person o
          on o.birth_extract_number is not null and ${key('o.birth_extract_number')} = ${key('me.birth_extract_number')}
       where ${key('me.birth_extract_number')} <> ''
      union
      select x.person_id, 'registry-identity'
        from me join identity_claim mine on mine.enrolment_id = me.id
        join identity_claim other on other.identity_key = mine.identity_key and other.enrolment_id <> me.id
        join enrolment x on x.id = other.enrolment_id
    )
    select p.ref, e.state, l.shared
      from linked l cross join me join person p on p.id = l.person_id
      join enrolment e on e.person_id = p.id and e.campaign = me.campaign
     where p.id <> me.person_id and e.opened_at < ${instant(until)}
     order by p.ref, l.shared limit ${MOST}`.execute(db);
  return rows;
}
