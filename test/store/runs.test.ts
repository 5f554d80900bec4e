import { afterEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DIFFERENCE_KINDS, type DifferenceCounts } from '../../src/domain/differences.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { aloneOnRun } from '../../src/store/run/alone-on-run.ts';
import { closeRun } from '../../src/store/run/close-run.ts';
import { latestRun, runSummary } from '../../src/store/run/run-summary.ts';
import { startRun } from '../../src/store/run/start-run.ts';
import { CAMPAIGN, openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { night, openRunOf, outcomes } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';

const people = [
  villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
  villager({ household: 'SN-0002', number: 1, givenNames: 'Ousmane', familyName: 'SOW' }),
];
const NO_DIFFERENCE = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as DifferenceCounts;

let installation: Installation;
afterEach(() => installation.close());

async function open(villagers = people): Promise<Installation> {
  installation = await openInstallation({ village: village(villagers) });
  return installation;
}

const order = { runDate: RUN_DATE, campaign: CAMPAIGN, patienceMs: 60_000, batchId: null, startedBy: 'A. Diop' };

async function stateOf(runId: string): Promise<string> {
  return (await installation.rows<{ state: string }>('select state from run where id = $1', [runId]))[0]!.state;
}

describe('starting a run', () => {
  it('gives one run to many who ask at once', async () => {
    const { context } = await open();
    const started = await Promise.all(Array.from({ length: 6 }, () => startRun(context.db, order)));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter((one) => one.started)).toHaveLength(1);
    expect(started.map(({ people, households }) => [people, households])).toEqual(started.map(() => [2, 2]));
    const journal = await installation.rows(`select actor, action, subject from journal where action = 'run.start'`);
    expect(journal).toEqual([{ actor: 'A. Diop', action: 'run.start', subject: `run ${started[0]!.runId}` }]);
  });

  it('takes in one batch alone when asked to', async () => {
    const { context } = await open();
    await installation.import(village([villager({ ...people[0]!, household: 'SN-0003' })]).lines, 'LOT-2');
    const [batch] = await installation.rows<{ id: string }>(`select id from batch where number = 'LOT-2'`);
    const started = await startRun(context.db, { ...order, batchId: batch!.id });
    expect(started).toMatchObject({ people: 1, households: 1 });
    const left = await installation.rows('select 1 from household_work where run_id is null');
    expect(left).toHaveLength(2);
  });
});

describe('the phases of a run', () => {
  it('are looked at by others while a process is stopped in the middle of its look', async () => {
    const { context } = await open();
    const runId = await openRunOf(installation);
    await context.db.transaction().execute(async (stopped) => {
      await sql`select 1 from run where id = ${runId}::bigint for update`.execute(stopped);
      // Waiting for the lock would never end.
      expect(await advanceRun(context.db, runId)).toBe('verifying');
    });
  });

  it('wait for whoever holds a household, and for what is due', async () => {
    const { context } = await open();
    const runId = await openRunOf(installation);
    expect(await advanceRun(context.db, runId)).toBe('verifying');
    await installation.rows(`update household_work set verify_due = now() + interval '1 hour',
      lease_until = now() + interval '1 hour' where household_id = (select min(household_id) from household_work)`);
    await installation.rows(
      `update household_work set verify_due = null, register_due = now() where lease_until is null`,
    );
    expect(await advanceRun(context.db, runId)).toBe('verifying');
    await installation.rows('update household_work set lease_until = null');
    expect(await advanceRun(context.db, runId)).toBe('registering');
    await installation.rows(
      'update household_work set register_due = null, finished_at = now() where verify_due is null',
    );
    await installation.rows(`update household_work set verify_due = now() + interval '1 second'`);
    expect(await advanceRun(context.db, runId)).toBe('registering');
    await installation.rows(`update household_work set verify_due = now() + interval '2 hours'`);
    expect(await advanceRun(context.db, runId)).toBe('reconciling');
  });

  it('do not wait beyond the deadline of the run, except for households in hand', async () => {
    const { context } = await open();
    const runId = await openRunOf(installation, 0);
    await installation.rows(`update run set state = 'registering'`);
    await installation.rows(`update household_work set lease_until = now() + interval '1 hour'`);
    expect(await advanceRun(context.db, runId)).toBe('registering');
    await installation.rows('update household_work set lease_until = null');
    expect(await advanceRun(context.db, runId)).toBe('reconciling');
  });

  it('leave a stopped run where it is', async () => {
    const { context } = await open([]);
    const runId = await openRunOf(installation);
    await installation.rows(`update run set state = 'defective'`);
    expect(await advanceRun(context.db, runId)).toBe('defective');
  });
});

describe('closing a run', () => {
  async function reconciling(): Promise<string> {
    await open();
    const runId = await openRunOf(installation);
    await installation.rows(`update run set state = 'reconciling'`);
    return runId;
  }

  it('freezes every outcome, so that what comes later does not change the report', async () => {
    const runId = await reconciling();
    const { db } = installation.context;
    expect(await closeRun(db, runId, NO_DIFFERENCE)).toBe('closed');
    const frozen = await runSummary(db, runId);
    await installation.rows(`update enrolment set state = 'enrolled'`);
    expect(await runSummary(db, runId)).toEqual(frozen);
    expect(frozen).toMatchObject({ people: 2, households: 2, linesRead: 2, accepted: 2, balanced: true });
    expect(frozen!.outcomes).toMatchObject({ received: 2, enrolled: 0 });
    const journal = await installation.rows(`select actor, subject from journal where action = 'run.closed'`);
    expect(journal).toEqual([{ actor: 'machine', subject: `run ${runId}` }]);
  });

  it.each([
    [
      'a person is missing from the outcomes',
      'update enrolment set run_id = null where id = (select min(id) from enrolment)',
    ],
    ['there is one outcome too many', 'update run set people = people - 1'],
    [
      'a line that was accepted has no enrolment',
      'delete from enrolment where id = (select min(id) from enrolment); update run set people = people - 1',
    ],
  ])('is refused when %s', async (_what, damage) => {
    const runId = await reconciling();
    await installation.rows(damage);
    expect(await closeRun(installation.context.db, runId, NO_DIFFERENCE)).toBe('unbalanced');
    expect(await stateOf(runId)).toBe('unbalanced');
    const journal = await installation.rows(`select 1 from journal where action = 'run.unbalanced'`);
    expect(journal).toHaveLength(1);
  });

  it('is refused when SIGICMU holds an amount that is not zero', async () => {
    const runId = await reconciling();
    expect(await closeRun(installation.context.db, runId, { ...NO_DIFFERENCE, 'amount-not-zero': 1 })).toBe(
      'defective',
    );
  });

  it('happens once', async () => {
    const runId = await reconciling();
    const { db } = installation.context;
    const ends = await Promise.all(Array.from({ length: 4 }, () => closeRun(db, runId, NO_DIFFERENCE)));
    expect(ends.filter((end) => end !== null)).toEqual(['closed']);
    expect(await installation.rows(`select 1 from journal where action = 'run.closed'`)).toHaveLength(1);
  });

  it('is the affair of one process at a time', async () => {
    const runId = await reconciling();
    const { db } = installation.context;
    const inside = await aloneOnRun(db, runId, () => aloneOnRun(db, runId, () => Promise.resolve('second')));
    expect(inside).toBeNull();
    expect(await aloneOnRun(db, runId, () => Promise.resolve('later'))).toBe('later');
    await installation.rows(`update run set state = 'closed'`);
    expect(await aloneOnRun(db, runId, () => Promise.resolve('too late'))).toBeNull();
  });

  it('fails when its reader lost the lock, as by a restart of the server, and is left to the next', async () => {
    const runId = await reconciling();
    const { db } = installation.context;
    const closing = aloneOnRun(db, runId, async (locked) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(locked);
      await installation.rows('select pg_terminate_backend($1)', [rows[0]!.pid]);
      return closeRun(locked, runId, NO_DIFFERENCE);
    });
    await expect(closing).rejects.toThrow();
    expect(await stateOf(runId)).toBe('reconciling');
    expect(await aloneOnRun(db, runId, (locked) => closeRun(locked, runId, NO_DIFFERENCE))).toBe('closed');
  });
});

describe('a run over nothing', () => {
  it('closes, balanced', async () => {
    await open([]);
    const summary = await night(installation);
    expect(summary).toMatchObject({ state: 'closed', balanced: true, people: 0, households: 0, linesRead: 0 });
  });

  it('follows a run that left nothing, and changes nothing', async () => {
    await open();
    const first = await night(installation);
    const before = await outcomes(installation);
    const second = await night(installation);
    expect(second.run).not.toBe(first.run);
    expect(second).toMatchObject({ state: 'closed', people: 0, balanced: true });
    expect(await latestRun(installation.context.db)).toBe(second.run);
    expect(await outcomes(installation)).toEqual(before);
    expect(installation.sandbox.ledger()).toHaveLength(2);
    expect(await runSummary(installation.context.db, first.run)).toEqual(first);
  });
});
