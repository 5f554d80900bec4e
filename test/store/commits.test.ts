import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitMoves, IllegalMove } from '../../src/store/household/commit-moves.ts';
import type { ClaimedHousehold } from '../../src/store/household/claim-household.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { claimed, move } from './household.ts';

const household = 'SN-0001';
const people = ['Moussa', 'Awa', 'Fatou'].map((givenNames, index) =>
  villager({ household, number: index + 1, givenNames, familyName: 'NDIAYE' }),
);

let installation: Installation;
let visit: ClaimedHousehold;
beforeEach(async () => {
  installation = await openInstallation({ village: village(people) });
  await openRunOf(installation);
  const [row] = await installation.rows<{ id: string }>('select household_id as id from household_work');
  visit = await claimed(installation.context.db, row!.id, 'worker');
});
afterEach(() => installation.close());

interface Work {
  verify_in: number | null;
  register_in: number | null;
  finished: boolean;
  free: boolean;
}

/** What is left of the household, in whole minutes from now. */
async function work(): Promise<Work> {
  const minutes = (column: string): string => `round(extract(epoch from ${column} - now()) / 60)::int`;
  const [row] = await installation.rows<Work>(
    `select ${minutes('verify_due')} as verify_in, ${minutes('register_due')} as register_in,
            finished_at is not null as finished, lease_until is null as free from household_work`,
  );
  return row!;
}

const MINUTE = 60_000;

describe('what a commit leaves to be done', () => {
  it('is each step at the hour of its earliest member', async () => {
    const [first, second, third] = visit.members;
    await commitMoves(installation.context.db, visit, {
      moves: [
        move(first!, { to: 'deferred', step: 'verify', pauseMs: 30 * MINUTE }),
        move(second!, { to: 'deferred', step: 'verify', pauseMs: 10 * MINUTE }),
        move(third!, { to: 'confirmed', step: 'register' }),
      ],
      results: [],
    });
    expect(await work()).toEqual({ verify_in: 10, register_in: 0, finished: false, free: true });
  });

  it('counts members the visit did not move', async () => {
    const [first, second] = visit.members;
    const moves = [
      move(first!, { to: 'needs-review', step: 'none' }),
      move(second!, { to: 'deferred', step: 'verify', pauseMs: 10 * MINUTE }),
    ];
    await commitMoves(installation.context.db, visit, { moves, results: [] });
    expect(await work()).toEqual({ verify_in: 0, register_in: null, finished: false, free: true });
  });

  it('is nothing once nobody has a step left', async () => {
    const moves = visit.members.map((member) => move(member, { to: 'needs-review', step: 'none' }));
    await commitMoves(installation.context.db, visit, { moves, results: [] });
    expect(await work()).toEqual({ verify_in: null, register_in: null, finished: true, free: true });
  });

  it('keeps the household where the visit goes on', async () => {
    await commitMoves(installation.context.db, visit, { moves: [], results: [], keepLease: true });
    expect(await work()).toEqual({ verify_in: 0, register_in: null, finished: false, free: false });
  });
});

describe('a commit', () => {
  it('is refused whole when one member is no longer where the visit found them', async () => {
    const [first, second] = visit.members;
    await installation.rows(`update enrolment set state = 'needs-review' where id = $1`, [second!.enrolmentId]);
    const moves = [first!, second!].map((member) => move(member, { to: 'confirmed', step: 'register' }));
    await expect(commitMoves(installation.context.db, visit, { moves, results: [] })).rejects.toThrow('taken over');
    expect(await installation.rows('select state from enrolment order by id')).toEqual([
      { state: 'received' },
      { state: 'needs-review' },
      { state: 'received' },
    ]);
    expect(await installation.rows('select 1 from decision')).toEqual([]);
  });

  it.each(['enrolled', 'discarded-deceased', 'out-of-scope'] as const)(
    'of a move the machine may not make is refused: received → %s',
    async (to) => {
      const moves = [move(visit.members[0]!, { to, step: 'none' })];
      await expect(commitMoves(installation.context.db, visit, { moves, results: [] })).rejects.toThrow(IllegalMove);
      expect(await installation.rows('select 1 from decision')).toEqual([]);
    },
  );

  it('files a decision for each move, with its grounds', async () => {
    const [first] = visit.members;
    const grounds = { reasons: ['DECES_SIGNALE'], ruleVersion: '2026-11', certificate: [{ field: 'birth' }] } as const;
    const moves = [move(first!, { to: 'needs-review', step: 'none', ...grounds })];
    await commitMoves(installation.context.db, visit, { moves, results: [] });
    const decisions = await installation.rows(
      'select enrolment_id, run_id, from_state, to_state, reasons, rule_version, decided_by, certificate from decision',
    );
    expect(decisions).toEqual([
      {
        enrolment_id: first!.enrolmentId,
        run_id: visit.runId,
        from_state: 'received',
        to_state: 'needs-review',
        reasons: ['DECES_SIGNALE'],
        rule_version: '2026-11',
        decided_by: 'machine',
        certificate: [{ field: 'birth' }],
      },
    ]);
    await expect(installation.rows('delete from decision')).rejects.toThrow('JOURNAL_IMMUABLE');
  });
});
