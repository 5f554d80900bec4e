import { afterEach, describe, expect, it } from '@jest/globals';
import { openInstallation, type Installation } from './installation.ts';
import { workThrough } from './night.ts';
import { csvOf, drop, dropFolder, filesOf, nightClock, publish, type NightClock } from './night-clock.ts';
import { village, villager } from './village.ts';

let installation: Installation;
let folder: string;
let clock: NightClock;
afterEach(() => installation.close());

const SURNAMES = ['NDIAYE', 'SOW', 'FALL', 'DIOP', 'BA', 'SARR', 'GUEYE'];
const people = SURNAMES.map((familyName, index) =>
  villager({
    household: `SN-000${index + 1}`,
    number: 1,
    givenNames: 'Moussa',
    familyName,
    birth: `19${60 + index}-05-12`,
  }),
);
const made = village(people);

async function open(): Promise<void> {
  folder = await dropFolder();
  installation = await openInstallation({
    village: { lines: [], registries: made.registries },
    settings: { PNBSF_DROP_DIR: folder },
  });
  clock = nightClock(installation);
  // The day the installation was put into service.
  clock.set('2026-12-27T15:00');
  expect(await clock.look()).toEqual({ kind: 'nothing-due' });
}

/** Drops the file of the day before, and looks at the hour. */
async function nightOf(day: string, number: number, hour = `${day}T02:00`): ReturnType<NightClock['look']> {
  await drop(folder, `LOT-${number}.csv`, csvOf(made.lines.slice(number - 1, number)));
  clock.set(hour);
  return clock.look();
}

const started = (date: string): object => ({ kind: 'started', date });
async function finish(look: Awaited<ReturnType<NightClock['look']>>): Promise<void> {
  if (look.kind !== 'started') throw new Error(`not started: ${JSON.stringify(look)}`);
  expect(await workThrough(installation, look.runId)).toMatchObject({ state: 'closed', runDate: look.date });
  await publish(installation);
}

describe('seven nights', () => {
  it('are held once each, with one missed, one that is long, and the last of the year', async () => {
    await open();
    await finish(await nightOf('2026-12-28', 1));
    // Looked at again and again, by two at once: the night was held.
    expect(await Promise.all([clock.look(), clock.look()])).toEqual([{ kind: 'nothing-due' }, { kind: 'nothing-due' }]);

    // 29 December: the machine was down until the afternoon. 30 December as usual.
    const late = await nightOf('2026-12-29', 2, '2026-12-29T16:40');
    expect(late).toMatchObject(started('2026-12-29'));
    await finish(late);
    clock.set('2026-12-30T01:59');
    expect(await clock.look()).toEqual({ kind: 'nothing-due' });
    await finish(await nightOf('2026-12-30', 3));

    // 31 December is a long night, still open at two o'clock on New Year's Day, which waits and is not skipped.
    const long = await nightOf('2026-12-31', 4);
    expect(long).toMatchObject(started('2026-12-31'));
    const waiting = await nightOf('2027-01-01', 5);
    expect(waiting).toEqual({ kind: 'waits', date: '2027-01-01', wait: 'run-open' });
    await finish(long);
    clock.set('2027-01-01T07:30');
    await finish(await clock.look());

    // 2 January: nobody there at all. 3 January takes both, once.
    await finish(await nightOf('2027-01-03', 6));
    expect(await clock.look()).toEqual({ kind: 'nothing-due' });

    const runs = await installation.rows<{ night: string; run: string; batches: number }>(
      `select night_date as night, run_date as run, (select count(*)::int from run_batch b where b.run_id = run.id) as batches
         from run order by id`,
    );
    const held = ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-03'];
    expect(runs).toEqual(held.map((date) => ({ night: date, run: date, batches: 1 })));
    expect(await installation.rows('select count(*)::int as mails from outbound_mail')).toEqual([
      { mails: held.length },
    ]);
    expect(await installation.rows('select count(distinct report_folder)::int as folders from run')).toEqual([
      { folders: held.length },
    ]);
    expect(await filesOf(folder)).toEqual([
      'archives/2026/12/LOT-1.csv',
      'archives/2026/12/LOT-2.csv',
      'archives/2026/12/LOT-3.csv',
      'archives/2026/12/LOT-4.csv',
      'archives/2027/01/LOT-5.csv',
      'archives/2027/01/LOT-6.csv',
    ]);
    expect(installation.sandbox.ledger()).toHaveLength(6);
  }, 60_000);

  it('are one run where several schedulers look at once', async () => {
    await open();
    await drop(folder, 'LOT-1.csv', csvOf(made.lines));
    clock.set('2026-12-28T02:00');
    const others = [nightClock(installation), nightClock(installation)];
    others.forEach((other) => other.set('2026-12-28T02:00'));
    const looks = await Promise.all([clock, ...others].map((one) => one.look()));
    expect(looks.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(await installation.rows('select count(*)::int as runs from run')).toEqual([{ runs: 1 }]);
    await expect(
      installation.rows(`insert into run (run_date, campaign, state, patience_ms, night_date)
                         values ('2026-12-28', 'X', 'closed', 1, '2026-12-28')`),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('that wait longer than a day become one with the next', async () => {
    await open();
    const long = await nightOf('2026-12-28', 1);
    await nightOf('2026-12-29', 2);
    expect(await nightOf('2026-12-30', 3)).toMatchObject({ kind: 'waits', date: '2026-12-30' });
    await finish(long);
    await finish(await clock.look());
    expect(await clock.look()).toEqual({ kind: 'nothing-due' });
    expect(await installation.rows(`select night_date as date, merged_into as into from night order by 1`)).toEqual([
      { date: '2026-12-27', into: null },
      { date: '2026-12-28', into: null },
      { date: '2026-12-29', into: '2026-12-30' },
      { date: '2026-12-30', into: null },
    ]);
  });

  it('wait for the decision on a run that stopped', async () => {
    await open();
    await nightOf('2026-12-28', 1);
    await installation.rows(`update run set state = 'unbalanced'`);
    expect(await nightOf('2026-12-29', 2)).toEqual({ kind: 'waits', date: '2026-12-29', wait: 'run-stopped' });
  });
});
