/** What is asked of two enrolments that share a registry identity, by the alias each has in the statement. */
import { sql, type RawBuilder } from 'kysely';

/** Two people, neither of them discarded, whom nobody has declared to be two. */
export function stillDoubted(me: string, other: string): RawBuilder<boolean> {
  const mine = sql.ref(`${me}.person_id`);
  const theirs = sql.ref(`${other}.person_id`);
  // The same person in an earlier campaign is no other person.
  return sql`(${theirs} <> ${mine}
    and ${sql.ref(`${other}.state`)} not in ('discarded-duplicate', 'discarded-deceased', 'out-of-scope')
    and not exists (select 1 from link_broken b
                     where b.person_a = least(${mine}, ${theirs}) and b.person_b = greatest(${mine}, ${theirs})))`;
}

/**
 * Last confirmed by a named person. What the machine makes of it afterwards does not undo that; new data of the RNU, and
 * an order to verify afresh, do.
 */
export function confirmedByPerson(alias: string): RawBuilder<boolean> {
  const id = sql.ref(`${alias}.id`);
  return sql`exists (
    select 1 from decision d
     where d.enrolment_id = ${id} and d.to_state = 'confirmed' and d.decided_by not in ('machine', 'import')
       and d.id > coalesce((select max(v.id) from decision v
                             where v.enrolment_id = ${id} and v.to_state = 'received'), 0))`;
}

/** SIGICMU covers them, or may: they were sent at least once. */
export function mayBeRegistered(alias: string): RawBuilder<boolean> {
  const state = sql.ref(`${alias}.state`);
  return sql`(${sql.ref(`${alias}.sends`)} > 0 or ${state} in ('enrolled', 'already-enrolled', 'renewed'))`;
}
