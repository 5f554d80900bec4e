import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Whom a reference names: one person, or a household whose members are to be listed. */
export interface Subject {
  readonly kind: 'person' | 'household';
  readonly id: string;
}

/** A reference taken apart as far as its writing tells; each part is tried that is not null. */
export interface SubjectReference {
  /** `<household key>/<member number>`. */
  readonly personRef: string | null;
  readonly householdKey: string | null;
  readonly registrationCode: string;
  /** From a case reference of the Security Servers' logs. */
  readonly householdId: string | null;
  readonly messageId: string | null;
}

/** Finds whom a reference names; null when nobody. */
export async function findSubject(db: Executor, reference: SubjectReference): Promise<Subject | null> {
  const { personRef, householdKey, registrationCode, householdId, messageId } = reference;
  const codes = sql`(${registrationCode}, ${registrationCode.toUpperCase()})`;
  const tries: readonly (() => Promise<Subject | null>)[] = [
    () => first(db, 'person', sql`select id from person where ref = ${personRef}`),
    () => first(db, 'household', sql`select id from household where ref_key = ${householdKey}`),
    () => first(db, 'household', sql`select id from household where id = ${householdId}::bigint`),
    () =>
      first(
        db,
        'person',
        sql`select e.person_id as id from attempt a join enrolment e on e.id = a.enrolment_id
             where a.message_id = ${messageId}::uuid`,
      ),
    () =>
      first(
        db,
        'person',
        sql`select e.person_id as id from registration r join enrolment e on e.id = r.enrolment_id
             where r.registration_code in ${codes}`,
      ),
    // Last: codes of covers SIGICMU had already stand in a column that has no index, for the night's sake.
    () =>
      first(
        db,
        'person',
        sql`select person_id as id from enrolment where registration_code in ${codes} order by id desc`,
      ),
  ];
  for (const look of tries) {
    const found = await look();
    if (found) return found;
  }
  return null;
}

async function first(db: Executor, kind: Subject['kind'], statement: ReturnType<typeof sql>): Promise<Subject | null> {
  const { rows } = await sql<{ id: string }>`${statement} limit 1`.execute(db);
  return rows[0] === undefined ? null : { kind, id: rows[0].id };
}
