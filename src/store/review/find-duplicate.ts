import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';

/** What a line is the duplicate of: another line with its state, or a member of SIGICMU. */
export type DuplicateOf =
  | { readonly kind: 'line'; readonly ref: string; readonly personId: string; readonly state: EnrolmentState }
  | { readonly kind: 'registration'; readonly code: string };

/** Another line of the campaign by its RNU reference; null when there is none. */
export async function findLine(db: Executor, ref: string, campaign: string): Promise<DuplicateOf | null> {
  const { rows } = await sql<{ ref: string; personId: string; state: EnrolmentState }>`
    select p.ref, p.id as "personId", e.state from person p join enrolment e on e.person_id = p.id
     where p.ref = ${ref} and e.campaign = ${campaign}`.execute(db);
  return rows[0] ? { kind: 'line', ...rows[0] } : null;
}

/** A registration recorded here by its code; null when there is none. */
export async function findRegistration(db: Executor, code: string): Promise<DuplicateOf | null> {
  const row = await db
    .selectFrom('registration')
    .select('registration_code as code')
    .where('registration_code', '=', code)
    .executeTakeFirst();
  return row ? { kind: 'registration', code: row.code } : null;
}
