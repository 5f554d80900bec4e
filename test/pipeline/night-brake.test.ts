import { afterEach, describe, expect, it } from '@jest/globals';
import { judgeNight, type BrakeRule, type NightMeasure } from '../../src/domain/brake.ts';
import { queueStopMails } from '../../src/reports/mail/queue-stop-mails.ts';
import { registerHousehold } from '../../src/pipeline/register/register-household.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { releaseRun } from '../../src/store/run/release-run.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openRunOf, workOnce, workThrough } from './night.ts';
import { village, villager } from './village.ts';

const RULE: BrakeRule = {
  leastPeople: 4,
  nights: 14,
  leastNights: 3,
  spreads: 6,
  leastWidth: 0.05,
  registering: 0.2,
  firstLimits: { review: 0.6, deaths: 0.05, refusals: 0.05 },
};
const night = (review: number, deaths = 0, refusals = 0): NightMeasure => ({ people: 100, review, deaths, refusals });
const judged = (measure: NightMeasure, earlier: readonly NightMeasure[]): readonly string[] =>
  judgeNight(measure, earlier, RULE).map(({ figure }) => figure);

describe('the band', () => {
  it('is the first limits until there is a history', () => {
    expect(judged(night(60, 5, 5), [])).toEqual([]);
    expect(judged(night(61, 6, 6), [night(90), night(90)])).toEqual(['review', 'deaths', 'refusals']);
    expect(judged(night(0), [])).toEqual([]);
  });

  it('is the median of earlier nights and six times their usual distance from it', () => {
    const earlier = [night(20), night(22), night(24), night(21), night(80)];
    // Median 22, distances 2 0 2 1 58: median 2, so from 10 to 34.
    expect(judged(night(34), earlier)).toEqual([]);
    expect(judged(night(35), earlier)).toEqual(['review']);
    expect(judged(night(10), earlier)).toEqual([]);
    expect(judged(night(9), earlier)).toEqual(['review']);
  });

  it('is never narrower than five points, and does not judge a handful of people', () => {
    const alike = [night(20, 1), night(20, 1), night(20, 1)];
    expect(judged(night(25, 6), alike)).toEqual([]);
    expect(judged(night(26, 7), alike)).toEqual(['review', 'deaths']);
    expect(judgeNight({ people: 3, review: 3, deaths: 3, refusals: 3 }, alike, RULE)).toEqual([]);
  });
});

let installation: Installation | null = null;
afterEach(() => installation?.close());

describe('a night out of its band', () => {
  it('stops before its first registration, says so once, and goes on when a named person says so', async () => {
    const dead = (household: string): ReturnType<typeof villager> =>
      villager({ household, number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F', card: { status: 'DECEDE' } });
    const alive = villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
    const opened = await openInstallation({
      village: village([alive, ...['SN-0002', 'SN-0003', 'SN-0004', 'SN-0005'].map(dead)]),
    });
    installation = opened;
    const { db } = opened.context;
    const runId = await openRunOf(opened);
    // The first look works without a brake, and verifies; then the brake looks.
    await workOnce(opened.context, runId);
    expect(await advanceRun(db, runId, RULE)).toBe('braked');
    expect(await advanceRun(db, runId, RULE)).toBe('braked');
    expect(opened.sandbox.ledger()).toEqual([]);

    const { mail } = await opened.app.publication();
    const recipients = ['a@exemple.sn', 'b@exemple.sn'].map((address) => ({
      address,
      role: 'exploitation' as const,
      region: '',
    }));
    expect(await queueStopMails(db, { ...mail, recipients })).toBe(2);
    expect(await queueStopMails(db, { ...mail, recipients })).toBe(0);
    const [queued] = await opened.rows<{ raw: Buffer; kind: string }>('select raw, kind from outbound_mail');
    expect(queued?.kind).toBe('stop-braked-0');
    expect(queued?.raw.toString()).toContain('run release');

    expect(await releaseRun(db, { runId, by: 'M. DIOP', because: 'villageois décédés, vérifié' })).toBe(true);
    expect(await advanceRun(db, runId, RULE)).toBe('registering');
    const summary = await workThrough(opened, runId);
    expect(summary).toMatchObject({ state: 'closed', outcomes: { enrolled: 1, 'needs-review': 4 } });
    const [run] = await opened.rows<{ released: unknown; by: string }>(
      `select released, measure->'released'->>'by' as by from run`,
    );
    // Letting the brake off is no leave to charge anybody.
    expect(run).toEqual({ released: null, by: 'M. DIOP' });
    const journal = await opened.rows<{ action: string }>(
      `select action from journal where subject = 'run ' || $1 order by id`,
      [runId],
    );
    expect(journal.map(({ action }) => action)).toEqual(['run.start', 'run.braked', 'run.release', 'run.closed']);
  });
});

describe('a service that begins to refuse while people are registered', () => {
  const RULE_OF_TWO: BrakeRule = { ...RULE, leastPeople: 2, firstLimits: { review: 1, deaths: 1, refusals: 1 } };

  it('stops the night at its latest answers, not at a few, and goes on when a named person says so', async () => {
    const names = ['NDIAYE', 'SOW', 'FALL', 'DIOP', 'BA', 'SARR'];
    const opened = await openInstallation({
      village: village(
        names.map((familyName, at) =>
          villager({
            household: `SN-000${at + 1}`,
            number: 1,
            givenNames: 'Moussa',
            familyName,
            birth: `196${at}-05-12`,
          }),
        ),
      ),
    });
    installation = opened;
    const { db } = opened.context;
    const runId = await openRunOf(opened);
    await workOnce(opened.context, runId);
    expect(await advanceRun(db, runId, RULE_OF_TWO)).toBe('registering');

    const households = await opened.rows<{ id: string }>('select id from household order by id');
    const register = async (from: number, to: number): Promise<void> => {
      for (const { id } of households.slice(from, to)) await registerHousehold(opened.context, id);
    };
    /** SIGICMU, as the database knows its answers. */
    const refuse = (from: number, to: number): Promise<object[]> =>
      opened.rows(
        `update enrolment set state = 'needs-review', step = 'none', sends = 1, reasons = '{SIGICMU_REFUS}'
          where household_id = any($1)`,
        [households.slice(from, to).map(({ id }) => id)],
      );
    const look = async (): Promise<string | null> => {
      await opened.rows('update run set brake_looked_at = null');
      return advanceRun(db, runId, RULE_OF_TWO);
    };
    // Three carried out are judged; one refusal is too few to be.
    await register(0, 3);
    expect(await look()).toBe('registering');
    await refuse(3, 4);
    expect(await look()).toBe('registering');
    // Two of five is no more than a rule of two fifths would allow; of the latest two it is all of them.
    await refuse(3, 5);
    expect(await look()).toBe('braked');
    const [run] = await opened.rows<{ findings: object[] }>(`select measure->'findings' as findings from run`);
    expect(run?.findings).toMatchObject([{ figure: 'registering', count: 2, of: 2, share: 1 }]);
    await register(5, 6);
    expect(opened.sandbox.ledger()).toHaveLength(3);

    expect(await releaseRun(db, { runId, by: 'M. DIOP', because: 'refus justifiés' })).toBe(true);
    expect(await look()).toBe('registering');
    await register(5, 6);
    expect(opened.sandbox.ledger()).toHaveLength(4);
  });
});
