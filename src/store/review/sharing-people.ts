import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import { confirmedByPerson, mayBeRegistered, stillDoubted } from './doubted-pairs.ts';

/** Another line of the RNU that may be the same human. */
export interface SharingPerson {
  readonly personId: string;
  readonly enrolmentId: string;
  readonly ref: string;
  readonly fullName: string;
  readonly householdRef: string;
  readonly state: EnrolmentState;
  /** Registered, perhaps registered, or on the way there: to confirm a second line must be said in so many words. */
  readonly committed: boolean;
}

/**
 * The lines that may be the same human: they share a registry identity, or were found alike as both now stand; nobody has
 * discarded them or declared them to be another.
 */
export async function sharingPeople(db: Executor, enrolmentId: string): Promise<readonly SharingPerson[]> {
  const { rows } = await sql<SharingPerson>`
    with me as (
      select e.*, p.content_hash from enrolment e join person p on p.id = e.person_id where e.id = ${enrolmentId}::bigint
    ), alike as (
      select s.other_id as person_id, s.other_hash as hash from suspected_duplicate s
        join me on s.person_id = me.person_id and s.content_hash = me.content_hash
      union
      select s.person_id, s.content_hash from suspected_duplicate s
        join me on s.other_id = me.person_id and s.other_hash = me.content_hash
    ), linked as (
      select theirs.enrolment_id as id
        from identity_claim mine join me on me.id = mine.enrolment_id
        join identity_claim theirs on theirs.identity_key = mine.identity_key and theirs.enrolment_id <> me.id
      union
      select e.id from alike join me on true join person p on p.id = alike.person_id and p.content_hash = alike.hash
        join enrolment e on e.person_id = p.id and e.campaign = me.campaign
    )
    select p.id as "personId", other.id as "enrolmentId", p.ref, p.full_name as "fullName",
           h.ref as "householdRef", other.state,
           (${mayBeRegistered('other')} or other.step = 'register' or other.staff_since is not null
            or ${confirmedByPerson('other')}) as committed
      from linked
      join enrolment other on other.id = linked.id
      join me on true
      join person p on p.id = other.person_id
      join household h on h.id = p.household_id
     where ${stillDoubted('me', 'other')}
     order by p.ref`.execute(db);
  return rows;
}
