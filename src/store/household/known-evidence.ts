import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import type { LookUpKind } from '../schema.ts';
import type { ClaimedHousehold } from './claim-household.ts';

/** Evidence already committed in this run, for the very data the RNU now shows. */
export interface KnownEvidence {
  readonly enrolmentId: string;
  readonly kind: LookUpKind;
  readonly records: readonly unknown[];
}

/** What need not be asked again after an interruption. */
export async function knownEvidence(
  db: Executor,
  household: ClaimedHousehold,
  enrolmentIds: readonly string[],
): Promise<readonly KnownEvidence[]> {
  const { rows } = await sql<KnownEvidence>`
    select v.enrolment_id as "enrolmentId", v.kind, v.records
      from evidence v
      join enrolment e on e.id = v.enrolment_id
      join person p on p.id = e.person_id
     where v.enrolment_id = any(${[...enrolmentIds]}::bigint[]) and v.run_id = ${household.runId}::bigint
       and v.content_hash = p.content_hash`.execute(db);
  return rows;
}
