import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** A decision that says of records whether they are the person's. Holds personal data. */
export interface LabelledDecision {
  readonly decidedBy: string;
  readonly certificate: readonly unknown[];
}

const PAGE = 1_000;

/**
 * Decisions of named persons, and confirmations by the machine that nobody has overturned, of one run or of all; a page
 * at a time.
 */
export async function* labelledDecisions(
  db: Executor,
  runId: string | null,
): AsyncGenerator<readonly LabelledDecision[]> {
  let after = '0';
  for (;;) {
    const { rows } = await sql<LabelledDecision & { id: string }>`
      select d.id, d.decided_by as "decidedBy", d.certificate from decision d
       where d.id > ${after}::bigint and (${runId}::bigint is null or d.run_id = ${runId}::bigint)
         and d.certificate <> '[]'
         and (d.decided_by not in ('machine', 'import')
              or (d.decided_by = 'machine' and d.to_state = 'confirmed' and not exists (
                    select 1 from decision n where n.enrolment_id = d.enrolment_id and n.id > d.id
                                               and (n.decided_by not in ('machine', 'import') or n.to_state = 'needs-review'))))
       order by d.id limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}
