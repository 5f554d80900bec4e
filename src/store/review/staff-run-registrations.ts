import { sql } from 'kysely';
import type { DifferenceKind } from '../../domain/differences.ts';
import type { Executor } from '../database.ts';

/** A registration of a staff run, as it is recorded here. */
export interface RecordedHere {
  readonly businessKey: string;
  readonly personRef: string;
  readonly insurer: string;
  readonly registrationCode: string;
  readonly coverStart: string;
  readonly coverEnd: string;
  readonly subsidy: number;
  readonly amountPaid: number;
}

/** What differs between the two sides about one registration. */
export interface FoundDifference {
  readonly kind: DifferenceKind;
  readonly businessKey: string;
  readonly personRef: string;
  readonly here: string | null;
  readonly there: string | null;
}

/** Whether a run carries staff work alone. */
export async function isStaffRun(db: Executor, runId: string): Promise<boolean> {
  const run = await db.selectFrom('run').select('kind').where('id', '=', runId).executeTakeFirst();
  return run?.kind === 'staff';
}

/** Registrations of the people of a run. */
export async function registrationsOfRun(db: Executor, runId: string): Promise<readonly RecordedHere[]> {
  const { rows } = await sql<RecordedHere>`
    select g.business_key as "businessKey", g.person_ref as "personRef", g.insurer, g.registration_code as "registrationCode",
           g.cover_start as "coverStart", g.cover_end as "coverEnd", g.subsidy, g.amount_paid as "amountPaid"
      from registration g join enrolment e on e.id = g.enrolment_id
     where e.run_id = ${runId}::bigint and e.state in ('enrolled', 'renewed') order by g.business_key`.execute(db);
  return rows;
}

/** Replaces the differences of a run by these. */
export async function replaceDifferences(
  db: Executor,
  runId: string,
  differences: readonly FoundDifference[],
): Promise<void> {
  await db.deleteFrom('reconciliation_difference').where('run_id', '=', runId).execute();
  await sql`
    insert into reconciliation_difference (run_id, kind, business_key, person_ref, detail)
    select ${runId}::bigint, kind, "businessKey", "personRef", jsonb_build_object('here', here, 'there', there)
      from jsonb_to_recordset(${JSON.stringify(differences)}::jsonb) as d(
        kind text, "businessKey" text, "personRef" text, here text, there text)
    on conflict do nothing`.execute(db);
}
