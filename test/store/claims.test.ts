import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitMoves } from '../../src/store/household/commit-moves.ts';
import { FencedOut } from '../../src/store/household/fenced-out.ts';
import { markSending, type PlannedSending } from '../../src/store/household/plan-attempts.ts';
import type { ClaimedHousehold } from '../../src/store/household/claim-household.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { until } from '../support/until.ts';
import { claim, claimed, move, readMade } from './household.ts';

const household = 'SN-0001';
const people = [
  villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
  villager({ household, number: 2, givenNames: 'Awa', familyName: 'NDIAYE', sex: 'F' }),
];

let installation: Installation;
let id: string;
beforeEach(async () => {
  installation = await openInstallation({ village: village(people) });
  await openRunOf(installation);
  id = (await installation.rows<{ id: string }>('select household_id as id from household_work'))[0]!.id;
});
afterEach(() => installation.close());

/** As a worker that was paused beyond its lease finds the household. */
async function expireLease(): Promise<void> {
  await installation.rows(`update household_work set lease_until = now() - interval '1 second'`);
}

/** Everything a visit can write. */
async function everythingWritten(): Promise<unknown> {
  const tables = ['enrolment', 'attempt_result', 'evidence', 'decision', 'identity_claim', 'registration'];
  const work = await installation.rows(
    'select household_id, fence, owner, verify_due, finished_at from household_work',
  );
  return [work, ...(await Promise.all(tables.map((table) => installation.rows(`select * from ${table} order by 1`))))];
}

function sendingOf({ members }: ClaimedHousehold): readonly PlannedSending[] {
  return members.map(({ enrolmentId, state }) => ({
    messageId: randomUUID(),
    enrolmentId,
    operation: 'register',
    number: 1,
    from: state,
    insurer: 'UDAM-PODOR',
    asHolder: false,
  }));
}

/** Both members confirmed, the run registering. */
async function confirmAll(): Promise<void> {
  const visit = await claimed(installation.context.db, id, 'earlier');
  const moves = visit.members.map((member) => move(member, { to: 'confirmed', step: 'register' }));
  await commitMoves(installation.context.db, visit, { moves, results: [] });
  await installation.rows(`update run set state = 'registering'`);
}

describe('a claim', () => {
  it('is won by one of many at once', async () => {
    const { db } = installation.context;
    const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(db, id, `worker ${index}`)));
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
  });

  it('holds until the lease is over, and then goes to the next with a higher fence', async () => {
    const { db } = installation.context;
    const first = await claimed(db, id, 'first');
    expect(await claim(db, id, 'second')).toBeNull();
    await expireLease();
    const second = await claimed(db, id, 'second');
    expect(BigInt(second.fence)).toBe(BigInt(first.fence) + 1n);
    const fences = await installation.rows<{ fence: string }>('select distinct fence from enrolment');
    expect(fences).toEqual([{ fence: second.fence }]);
  });

  it('is refused for a household that is not due, for another phase, and in a run that is stopped', async () => {
    const { db } = installation.context;
    expect(await claim(db, id, 'worker', { step: 'register' })).toBeNull();
    await installation.rows(`update household_work set verify_due = now() + interval '1 hour'`);
    expect(await claim(db, id, 'worker')).toBeNull();
    await installation.rows(`update household_work set verify_due = now()`);
    for (const state of ['reconciling', 'closed', 'unbalanced', 'defective']) {
      await installation.rows('update run set state = $1', [state]);
      expect(await claim(db, id, 'worker')).toBeNull();
    }
  });
});

describe('whoever lost a household', () => {
  it('can commit nothing of a visit: no move, no evidence, no decision, no registration', async () => {
    const { db } = installation.context;
    const lost = await claimed(db, id, 'first');
    const [member] = lost.members;
    const result = await readMade(db, lost, member!);
    await expireLease();
    await claimed(db, id, 'second');
    const before = await everythingWritten();
    const { enrolmentId, contentHash } = member!;
    const commit = commitMoves(db, lost, {
      moves: [move(member!, { to: 'confirmed', step: 'register' })],
      results: [result],
      evidence: [{ enrolmentId, contentHash, kind: 'cover', messageId: result.messageId, records: [] }],
      claims: [{ identityKey: 'nin:1', enrolmentId }],
      registrations: [
        {
          businessKey: 'key',
          personRef: 'SN-0001/1',
          registrationCode: 'A1',
          kind: 'new',
          amountPaid: 0,
          subsidy: 7_000,
          coverStart: '2026-11-21',
          coverEnd: '2027-11-20',
          enrolmentId,
          campaign: 'PNBSF-2026',
          insurer: 'UDAM-PODOR',
          policyHolder: true,
          learnedBy: 'answer',
          messageId: result.messageId,
        },
      ],
    });
    await expect(commit).rejects.toThrow(FencedOut);
    expect(await everythingWritten()).toEqual(before);
  });

  it('cannot even give it back', async () => {
    const { db } = installation.context;
    const lost = await claimed(db, id, 'first');
    await expireLease();
    await claimed(db, id, 'second');
    await expect(commitMoves(db, lost, { moves: [], results: [] })).rejects.toThrow(FencedOut);
    expect(await claim(db, id, 'third')).toBeNull();
  });

  it('cannot announce a registration', async () => {
    await confirmAll();
    const { db } = installation.context;
    const lost = await claimed(db, id, 'first', { step: 'register' });
    await expireLease();
    await claimed(db, id, 'second', { step: 'register' });
    const before = await everythingWritten();
    await expect(markSending(db, lost, sendingOf(lost))).rejects.toThrow(FencedOut);
    expect(await everythingWritten()).toEqual(before);
    expect(await installation.rows(`select 1 from attempt where operation = 'register'`)).toEqual([]);
  });
});

describe('the intent to register', () => {
  it('is all or nothing for the people of a household', async () => {
    await confirmAll();
    const { db } = installation.context;
    const visit = await claimed(db, id, 'worker', { step: 'register' });
    await installation.rows(`update enrolment set state = 'needs-review' where id = $1`, [
      visit.members[1]!.enrolmentId,
    ]);
    await expect(markSending(db, visit, sendingOf(visit))).rejects.toThrow(FencedOut);
    const states = await installation.rows('select state, sends from enrolment order by id');
    expect(states).toEqual([
      { state: 'confirmed', sends: 0 },
      { state: 'needs-review', sends: 0 },
    ]);
  });

  it('is refused once the run has been stopped', async () => {
    await confirmAll();
    const { db } = installation.context;
    const visit = await claimed(db, id, 'worker', { step: 'register' });
    await installation.rows(`update run set state = 'defective'`);
    await expect(markSending(db, visit, sendingOf(visit))).rejects.toThrow(FencedOut);
  });

  // The claim waits for the other's commit, and is then given the new fence with the members as they were before it.
  it('is refused to a claim that overtook the intent of the former owner', async () => {
    await confirmAll();
    const { db, pool } = installation.database;
    const former = await claimed(db, id, 'former', { step: 'register' });
    await expireLease();
    const client = await pool.connect();
    await client.query('begin');
    const ids = former.members.map(({ enrolmentId }) => enrolmentId);
    await client.query(`update enrolment set state = 'sending', sent_at = now(), sends = 1 where id = any($1)`, [ids]);
    const overtaking = claimed(installation.context.db, id, 'overtaking', { step: 'register' });
    await until('the claim waits', async () => {
      const waiting = await installation.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock'
        and datname = current_database()`);
      return waiting.length > 0;
    });
    await client.query('commit');
    client.release();
    const visit = await overtaking;
    expect(visit.members.map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    await expect(markSending(db, visit, sendingOf(visit))).rejects.toThrow(FencedOut);
    const sends = await installation.rows('select state, sends from enrolment');
    expect(sends).toEqual(ids.map(() => ({ state: 'sending', sends: 1 })));
  });
});
