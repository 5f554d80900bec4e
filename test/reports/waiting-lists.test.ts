import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { waitingBreakdown } from '../../src/store/report/breakdown.ts';
import { householdCovers } from '../../src/store/report/household-cover.ts';
import { eachWaiting, type ReportedRun } from '../../src/store/report/person-rows.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  // Decisions are never emptied: each test has people of its own.
  await sql`delete from run_person`.execute(store.db);
});

const CAMPAIGN = 'PNBSF-2026';
let people = 0;

async function closedRun(closedAt: string, campaign = CAMPAIGN): Promise<ReportedRun> {
  const { rows } = await sql<{ id: string }>`
    insert into run (run_date, campaign, state, patience_ms, closed_at)
    values (${closedAt.slice(0, 10)}, ${campaign}, 'closed', 1000, ${closedAt}) returning id`.execute(store.db);
  return { run: rows[0]!.id, runDate: closedAt.slice(0, 10), campaign, timeZone: 'Africa/Dakar' };
}

/** Freezes a person of household 1; a doubt since the given instant. Gives the enrolment. */
async function freeze(
  { run }: ReportedRun,
  state: string,
  { enrolment = String((people += 1)), since = null as string | null } = {},
): Promise<string> {
  const reasons = state === 'needs-review' ? ['NIN_ABSENT'] : [];
  await sql`
    insert into run_person (run_id, enrolment_id, state, reasons, household_id, household_ref, member_number, full_name,
                            doubted_at)
    values (${run}, ${enrolment}, ${state}, ${reasons}, 1, 'SN-1', ${Number(enrolment)}, 'A', ${since})`.execute(
    store.db,
  );
  return enrolment;
}

async function decide(enrolment: string, to: string, at: string): Promise<void> {
  await sql`
    insert into decision (enrolment_id, decided_at, from_state, to_state, reasons, rule_version, decided_by, because)
    values (${enrolment}, ${at}, 'needs-review', ${to}, '{}', 'test', 'A. Diop', 'vu')`.execute(store.db);
}

/** Who waits, with since when. */
async function waiting(run: ReportedRun): Promise<Readonly<Record<string, string | null>>> {
  const found: Record<string, string | null> = {};
  await eachWaiting(store.db, run, async (page) => {
    for (const row of page) found[String(row.memberNumber)] = row.waitingSince;
    await Promise.resolve();
  });
  return found;
}

async function cover(run: ReportedRun): Promise<readonly number[]> {
  for await (const page of householdCovers(store.db, run.run)) {
    const { living, covered, toReview } = page[0]!;
    return [living, covered, toReview];
  }
  return [];
}

describe('who waits for a decision', () => {
  it('stays on the list of the next night, and leaves it decided or done', async () => {
    const first = await closedRun('2026-11-20T23:00:00Z');
    const since = '2026-11-20T22:00:00Z';
    const still = await freeze(first, 'needs-review', { since });
    const decided = await freeze(first, 'needs-review', { since });
    const done = await freeze(first, 'needs-review', { since });
    await decide(decided, 'confirmed', '2026-11-21T10:00:00Z');
    const second = await closedRun('2026-11-21T23:00:00Z');
    await freeze(second, 'enrolled', { enrolment: done });
    const fresh = await freeze(second, 'needs-review', { since: '2026-11-21T22:00:00Z' });

    expect(await waiting(second)).toEqual({ [still]: '2026-11-20', [fresh]: '2026-11-21' });
    // The earlier report, written again, says what it said.
    expect(await waiting(first)).toEqual({ [still]: '2026-11-20', [decided]: '2026-11-20', [done]: '2026-11-20' });
    const [everybody] = await waitingBreakdown(store.db, second);
    expect(everybody).toMatchObject({ people: 2 });
    expect(everybody!.days).toBeCloseTo(25 / 24 + 1 / 24, 6);
  });

  it('doubted again after a decision waits again, and once', async () => {
    const first = await closedRun('2026-11-22T23:00:00Z');
    const person = await freeze(first, 'needs-review', { since: '2026-11-22T22:00:00Z' });
    await decide(person, 'received', '2026-11-23T10:00:00Z');
    const second = await closedRun('2026-11-23T23:00:00Z');
    await freeze(second, 'needs-review', { enrolment: person, since: '2026-11-22T22:00:00Z' });
    expect(await waiting(second)).toEqual({ [person]: '2026-11-22' });
  });

  it('is counted from the day of the programme’s zone', async () => {
    const run = await closedRun('2026-11-24T23:00:00Z');
    const person = await freeze(run, 'needs-review', { since: '2026-11-24T00:30:00Z' });
    expect(await waiting({ ...run, timeZone: 'America/New_York' })).toEqual({ [person]: '2026-11-23' });
    expect(await waiting(run)).toEqual({ [person]: '2026-11-24' });
  });

  it('is of one campaign', async () => {
    const before = await closedRun('2026-11-25T22:00:00Z', 'PNBSF-2025');
    await freeze(before, 'needs-review', { since: '2026-11-25T21:00:00Z' });
    const now = await closedRun('2026-11-25T23:00:00Z');
    expect(await waiting(now)).toEqual({});
  });
});

describe('the cover of a household', () => {
  it('counts a member once, by the latest outcome of this campaign', async () => {
    const old = await closedRun('2026-11-26T20:00:00Z', 'PNBSF-2025');
    await freeze(old, 'enrolled');
    const first = await closedRun('2026-11-26T21:00:00Z');
    const one = await freeze(first, 'needs-review', { since: '2026-11-26T21:00:00Z' });
    await freeze(first, 'enrolled');
    const second = await closedRun('2026-11-26T22:00:00Z');
    await freeze(second, 'enrolled', { enrolment: one });
    expect(await cover(first)).toEqual([2, 1, 1]);
    expect(await cover(second)).toEqual([2, 2, 0]);
  });

  it('a member whom staff discarded is awaited no longer', async () => {
    const first = await closedRun('2026-11-27T21:00:00Z');
    const twice = await freeze(first, 'needs-review', { since: '2026-11-27T20:00:00Z' });
    await decide(twice, 'discarded-duplicate', '2026-11-27T21:30:00Z');
    const second = await closedRun('2026-11-27T22:00:00Z');
    await freeze(second, 'enrolled');
    expect(await cover(first)).toEqual([1, 0, 1]);
    expect(await cover(second)).toEqual([1, 1, 0]);
  });
});
