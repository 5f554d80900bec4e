import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/store/database.ts';
import { grouped } from '../../src/store/grouped.ts';
import type { ClaimedHousehold } from '../../src/store/household/claim-household.ts';
import { commitMoves } from '../../src/store/household/commit-moves.ts';
import { FencedOut } from '../../src/store/household/fenced-out.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { claimed, move, readMade } from './household.ts';

describe('visits that share a statement', () => {
  let installation: Installation;
  let households: readonly ClaimedHousehold[];

  beforeEach(async () => {
    const people = [1, 2, 3].map((number) =>
      villager({ household: `SN-000${number}`, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
    );
    installation = await openInstallation({ village: village(people) });
    await openRunOf(installation);
    const ids = await installation.rows<{ id: string }>('select household_id as id from household_work order by 1');
    households = await Promise.all(ids.map(({ id }) => claimed(installation.context.db, id, 'worker')));
  });
  afterEach(() => installation.close());

  /** What a visit that has confirmed everybody commits. */
  async function confirm(household: ClaimedHousehold): Promise<void> {
    const { db } = installation.context;
    const [member] = household.members;
    const results = [await readMade(db, household, member!)];
    await commitMoves(db, household, { moves: [move(member!, { to: 'confirmed', step: 'register' })], results });
  }

  it('are claimed and committed together, each with its own rows', async () => {
    expect(new Set(households.map(({ householdId }) => householdId)).size).toBe(3);
    await Promise.all(households.map(confirm));
    const rows = await installation.rows<{ state: string; household: string; commit: string }>(
      'select state, household_id as household, xmin::text as commit from enrolment order by household_id',
    );
    expect(rows.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(rows.map(({ household }) => household)).toEqual(households.map(({ householdId }) => householdId));
    expect(new Set(rows.map(({ commit }) => commit)).size).toBe(1);
    expect(await installation.rows('select 1 from attempt_result')).toHaveLength(3);
  });

  it('do not suffer from one of them that was taken over', async () => {
    const [first, lost, third] = households;
    await installation.rows('update household_work set lease_until = now() where household_id = $1', [
      lost!.householdId,
    ]);
    const other = await claimed(installation.context.db, lost!.householdId, 'other worker');
    const ends = await Promise.allSettled([confirm(first!), confirm(lost!), confirm(third!)]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((ends[1] as PromiseRejectedResult).reason).toBeInstanceOf(FencedOut);
    const states = await installation.rows<{ state: string }>('select state from enrolment order by household_id');
    expect(states.map(({ state }) => state)).toEqual(['confirmed', 'received', 'confirmed']);
    await confirm(other);
    expect(await installation.rows(`select 1 from enrolment where state = 'confirmed'`)).toHaveLength(3);
  });
});

describe('a group', () => {
  // Never connected to: what is sent stays here.
  const { db } = openDatabase({
    url: 'postgres://127.0.0.1:1/none',
    poolSize: 1,
    statementTimeoutMs: 1_000,
    applicationName: 'test',
    onIdleError: () => undefined,
  });
  const error = (code: string): pg.DatabaseError => Object.assign(new pg.DatabaseError('', 0, 'error'), { code });

  function failing(code: string) {
    const sent: (readonly number[])[] = [];
    const ask = grouped<number, number>(
      (_db, items) => {
        sent.push(items);
        return items.includes(2) ? Promise.reject(error(code)) : Promise.resolve(items.map((item) => 10 * item));
      },
      { most: 3 },
    );
    return { sent, ask: (items: readonly number[]) => Promise.allSettled(items.map((item) => ask(db, item))) };
  }

  it('that is refused is sent again one by one', async () => {
    const { sent, ask } = failing('PF001');
    const ends = await ask([1, 2, 3]);
    expect(sent).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'refused'))).toEqual([10, 'refused', 30]);
  });

  it('whose session was cut is not sent again: it may have been committed', async () => {
    const { sent, ask } = failing('57P01');
    const ends = await ask([1, 2, 3]);
    expect(sent).toEqual([[1, 2, 3]]);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('is as large as it may be, and holds one kind only', async () => {
    const sent: (readonly number[])[] = [];
    const ask = grouped<number, number>(
      (_db, items) => {
        sent.push(items);
        return Promise.resolve(items);
      },
      { most: 2, kindOf: (item) => (item < 10 ? 'small' : 'large') },
    );
    const ends = await Promise.all([1, 20, 2, 3, 30].map((item) => ask(db, item)));
    expect(ends).toEqual([1, 20, 2, 3, 30]);
    expect(sent).toEqual(expect.arrayContaining([[1, 2], [3], [20, 30]]));
    expect(sent).toHaveLength(3);
  });
});
