import { sql } from 'kysely';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../domain/differences.ts';
import type { Executor } from '../database.ts';

/** One difference of a run, with the person as the RNU describes them; null where the RNU does not know them. */
export interface DifferenceRow {
  readonly kind: DifferenceKind;
  readonly businessKey: string;
  readonly personRef: string;
  readonly householdRef: string | null;
  readonly fullName: string | null;
  readonly region: string | null;
  readonly departement: string | null;
  readonly commune: string | null;
  /** What we hold, and what SIGICMU lists; null where a side says nothing. */
  readonly here: string | null;
  readonly there: string | null;
}

const PAGE = 2_000;

/** The differences of a run, kind by kind in catalogue order, a page in memory at a time. */
export async function* differenceRows(db: Executor, runId: string): AsyncGenerator<readonly DifferenceRow[]> {
  for (const kind of DIFFERENCE_KINDS) {
    let after = '';
    for (;;) {
      const { rows } = await sql<DifferenceRow>`
        select d.kind, d.business_key as "businessKey", d.person_ref as "personRef", h.ref as "householdRef",
               p.full_name as "fullName", h.region, h.departement, h.commune,
               d.detail->>'here' as here, d.detail->>'there' as there
          from reconciliation_difference d
          left join person p on p.ref = d.person_ref
          left join household h on h.id = p.household_id
         where d.run_id = ${runId}::bigint and d.kind = ${kind} and d.business_key > ${after}
         order by d.business_key limit ${PAGE}`.execute(db);
      const last = rows.at(-1);
      if (!last) break;
      yield rows;
      after = last.businessKey;
    }
  }
}
