import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { confirmedByPerson } from '../review/doubted-pairs.ts';

/**
 * Sends back to verification whom a rehearsal left confirmed, in a run that may register them: nothing was sent on the
 * answers of that day, and somebody may have died, or been covered, since. Written as a decision of the machine. A named
 * person's confirmation stands, and so does one that only a cap kept from being sent. Belongs in the transaction that
 * takes the people into the run. Returns how many there were.
 */
export async function verifyRehearsed(trx: Executor, runId: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    with again as (
      update enrolment e
         set state = 'received', step = 'verify', not_before = null, tries = 0
        from run r
       where r.id = ${runId}::bigint and not r.shadow and exists (select 1 from run earlier where earlier.shadow)
         and e.run_id = r.id and e.state = 'confirmed' and e.step = 'register' and 'ENVOI_A_BLANC' = any(e.reasons)
         and not ${confirmedByPerson('e')}
      returning e.id, e.household_id, e.reasons
    ), told as (
      insert into decision (enrolment_id, run_id, from_state, to_state, reasons, rule_version, because)
      select again.id, ${runId}::bigint, 'confirmed', 'received', again.reasons,
             (select d.rule_version from decision d where d.enrolment_id = again.id order by d.id desc limit 1),
             'confirmée par une exécution à blanc : vérifiée de nouveau avant tout envoi'
        from again
    ), work as (
      update household_work w set verify_due = now() from (select distinct household_id from again) h
       where w.household_id = h.household_id
    )
    select count(*)::int as people from again`.execute(trx);
  return rows[0]?.people ?? 0;
}
