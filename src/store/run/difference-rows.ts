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

/**
 * The differences of a run, kind by kind in catalogue order, a page in memory at a time. People are shown as the latest
 * run by then froze them; those no run ever dealt with, as the RNU has them.
 */
export async function* differenceRows(db: Executor, runId: string): AsyncGenerator<readonly DifferenceRow[]> {
  for (const kind of DIFFERENCE_KINDS) {
    let after = '';
    for (;;) {
      const { rows } = await sql<DifferenceRow>`
        select d.kind, d.business_key as "businessKey", d.person_ref as "personRef",
               coalesce(frozen.household_ref, h.ref) as "householdRef",
               coalesce(frozen.full_name, p.full_name) as "fullName", coalesce(frozen.region, h.region) as region,
               coalesce(frozen.departement, h.departement) as departement,
               coalesce(frozen.commune, h.commune) as commune,
               d.detail->>'here' as here, d.detail->>'there' as there
          from reconciliation_difference d
          join run reported on reported.id = d.run_id
          left join person p on p.ref = d.person_ref
          left join household h on h.id = p.household_id
          left join lateral (
            select f.* from enrolment e join run_person f on f.enrolment_id = e.id
             where e.person_id = p.id and e.campaign = reported.campaign and f.run_id <= d.run_id
             order by f.run_id desc limit 1) frozen on true
         where d.run_id = ${runId}::bigint and d.kind = ${kind} and d.business_key > ${after}
         order by d.business_key limit ${PAGE}`.execute(db);
      const last = rows.at(-1);
      if (!last) break;
      yield rows;
      after = last.businessKey;
    }
  }
}
