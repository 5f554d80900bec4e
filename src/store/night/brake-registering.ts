import { sql } from 'kysely';
import { judgeRegistrations, type BrakeRule, type RegistrationMeasure } from '../../domain/brake.ts';
import type { Executor } from '../database.ts';

/** Between two counts; over a whole country one takes a good part of a second. */
const LOOK_SECONDS = 20;

/**
 * Judges the answers to registrations that came since the last judgement, where they are enough to be judged. True when
 * the run must stop. With the run locked. A run that a person released from this brake is not stopped by it again.
 */
export async function brakeRegistering(trx: Executor, runId: string, rule: BrakeRule): Promise<boolean> {
  const { rows } = await sql<{ base: RegistrationMeasure | null }>`
    update run set brake_looked_at = clock_timestamp()
     where id = ${runId}::bigint and state = 'registering' and kind = 'night' and not shadow
       and not coalesce(measure ? 'registering', false)
       and (brake_looked_at is null or brake_looked_at < clock_timestamp() - ${LOOK_SECONDS} * interval '1 second')
    returning brake_base as base`.execute(trx);
  const [look] = rows;
  if (look === undefined) return false;
  const { answered, refused } = await countAnswers(trx, runId);
  const since = { answered: answered - (look.base?.answered ?? 0), refused: refused - (look.base?.refused ?? 0) };
  if (since.answered < rule.leastPeople) return false;
  const finding = judgeRegistrations(since, rule);
  await sql`
    update run set brake_base = ${JSON.stringify({ answered, refused })}::jsonb where id = ${runId}::bigint`.execute(
    trx,
  );
  if (finding === null) return false;
  await sql`
    update run set state = 'braked',
                   measure = coalesce(measure, '{}') || ${JSON.stringify({ findings: [finding], registering: since })}::jsonb
     where id = ${runId}::bigint`.execute(trx);
  await trx
    .insertInto('journal')
    .values({
      actor: 'machine',
      action: 'run.braked',
      subject: `run ${runId}`,
      detail: JSON.stringify({ people: since.answered, findings: [finding] }),
    })
    .execute();
  return true;
}

/** People of the run whose registration SIGICMU answered: carried out, or refused in its own words. */
async function countAnswers(trx: Executor, runId: string): Promise<RegistrationMeasure> {
  await sql`set local statement_timeout = 0`.execute(trx);
  const { rows } = await sql<RegistrationMeasure>`
    with sent as (
      select state, reasons && array['SIGICMU_REFUS', 'MESSAGE_REFUSE'] as refused
        from enrolment where run_id = ${runId}::bigint and sends > 0)
    select (count(*) filter (where state in ('enrolled', 'renewed') or refused))::int as answered,
           (count(*) filter (where refused))::int as refused from sent`.execute(trx);
  return rows[0] ?? { answered: 0, refused: 0 };
}
