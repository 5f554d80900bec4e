import { sql } from 'kysely';
import { judgeNight, type BrakeFinding, type BrakeRule, type NightMeasure } from '../../domain/brake.ts';
import type { Executor } from '../database.ts';

/** What the brake found of a run, kept with it; `findings` empty when it let the run pass. */
export interface KeptMeasure extends NightMeasure {
  readonly findings: readonly BrakeFinding[];
}

/**
 * Judges a run whose verification has ended, and keeps what was measured. True when the run must stop. Inside the
 * transaction that would let it register, with the run locked. A staff run and a rehearsal are never stopped: staff know
 * whom they send, and a rehearsal sends nobody.
 */
export async function applyBrake(trx: Executor, runId: string, rule: BrakeRule): Promise<boolean> {
  const run = await trx
    .selectFrom('run')
    .select(['kind', 'shadow', 'measure'])
    .where('id', '=', runId)
    .executeTakeFirstOrThrow();
  if (run.kind !== 'night' || run.measure !== null) return false;
  // The whole country takes its seconds, once a night.
  await sql`set local statement_timeout = 0`.execute(trx);
  const measure = await measureRun(trx, runId);
  const findings = judgeNight(measure, await earlierNights(trx, runId, rule), rule);
  const stops = findings.length > 0 && !run.shadow;
  const kept: KeptMeasure = { ...measure, findings };
  await sql`update run set measure = ${JSON.stringify(kept)}::jsonb where id = ${runId}::bigint`.execute(trx);
  if (!stops) return false;
  await sql`update run set state = 'braked' where id = ${runId}::bigint`.execute(trx);
  await trx
    .insertInto('journal')
    .values({
      actor: 'machine',
      action: 'run.braked',
      subject: `run ${runId}`,
      detail: JSON.stringify({ people: measure.people, findings }),
    })
    .execute();
  return true;
}

async function measureRun(trx: Executor, runId: string): Promise<NightMeasure> {
  const { rows } = await sql<NightMeasure>`
    select count(*)::int as people,
           (count(*) filter (where state = 'needs-review'))::int as review,
           (count(*) filter (where 'DECES_SIGNALE' = any(reasons)))::int as deaths,
           (count(*) filter (where reasons && array['SIGICMU_REFUS', 'MESSAGE_REFUSE']))::int as refusals
      from enrolment where run_id = ${runId}::bigint`.execute(trx);
  const [measure] = rows;
  if (measure === undefined) throw new Error('an aggregate gave no row');
  return measure;
}

/** Closed nights before this one, latest first. Those that a person released after the brake are usual from then on. */
async function earlierNights(trx: Executor, runId: string, rule: BrakeRule): Promise<readonly NightMeasure[]> {
  const { rows } = await sql<{ measure: NightMeasure }>`
    select measure from run
     where kind = 'night' and state = 'closed' and not shadow and id < ${runId}::bigint and measure is not null
       and (measure->>'people')::int >= ${rule.leastPeople}
     order by id desc limit ${rule.nights}`.execute(trx);
  return rows.map(({ measure }) => measure);
}

/** What the brake found of a run; null for a run it has not looked at. */
export async function keptMeasure(db: Executor, runId: string): Promise<KeptMeasure | null> {
  const { rows } = await sql<{ measure: KeptMeasure | null }>`
    select measure from run where id = ${runId}::bigint`.execute(db);
  return rows[0]?.measure ?? null;
}
