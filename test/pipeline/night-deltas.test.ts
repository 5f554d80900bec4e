import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nightFolder } from '../../src/publication-setup.ts';
import { tellStory } from '../../src/pipeline/explain/tell-story.ts';
import type { RunSummary } from '../../src/store/run/run-summary.ts';
import { startRun } from '../../src/store/run/start-run.ts';
import { csvCells } from '../support/libre-office.ts';
import { CAMPAIGN, openInstallation, type Installation } from './installation.ts';
import { outcomes, workThrough } from './night.ts';
import { csvOf, drop, dropFolder, nightClock, publish, type NightClock } from './night-clock.ts';
import { village, villager } from './village.ts';

let installation: Installation;
let folder: string;
let clock: NightClock;
afterEach(() => installation.close());

const person = (household: string, familyName: string, more = {}): ReturnType<typeof villager> =>
  villager({ household, number: 1, givenNames: 'Awa', familyName, sex: 'F', ...more });
const ndiaye = person('SN-0001', 'NDIAYE');
const sow = person('SN-0002', 'SOW');
const fall = person('SN-0003', 'FALL');
// Waits for a decision: nothing at all vouches for her.
const diop = person('SN-0004', 'DIOP', { card: null });
const made = village([ndiaye, sow, fall, diop]);

async function open(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  folder = await dropFolder();
  installation = await openInstallation({
    village: { lines: [], registries: made.registries },
    settings: { PNBSF_DROP_DIR: folder, ...settings },
  });
  clock = nightClock(installation);
  clock.set('2026-11-30T15:00');
  await clock.look();
}

async function heldNight(day: string, number: number, content: string, control: object | null): Promise<RunSummary> {
  await drop(folder, `LOT-${number}.csv`, content);
  if (control !== null) await drop(folder, `LOT-${number}.controle.json`, JSON.stringify(control));
  clock.set(`${day}T02:00`);
  const look = await clock.look();
  if (look.kind !== 'started') throw new Error(`not started: ${JSON.stringify(look)}`);
  const summary = await workThrough(installation, look.runId);
  await publish(installation);
  return summary;
}

async function table(summary: RunSummary, file: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(nightFolder(installation.app.config, summary), file), 'utf8');
  return csvCells(text, ';').slice(1);
}

const figure = async (summary: RunSummary, label: string): Promise<string | undefined> =>
  (await table(summary, 'synthese.csv')).find((cells) => cells[1] === label)?.[4];

const all = { listeComplete: true };

describe('who left the RNU', () => {
  it('is listed and counted only where the list is declared complete, is removed by nobody, and comes back', async () => {
    await open();
    await heldNight('2026-12-01', 1, csvOf(made.lines), null);
    const some = csvOf(village([ndiaye, fall]).lines);
    const partial = await heldNight('2026-12-02', 2, some, null);
    expect(partial).toMatchObject({ state: 'closed', balanced: true, leavers: 0, newLeavers: 0 });

    // The same people, now declared to be all there are. One line nobody can read names SN-0004.
    const list = `${some.trimEnd()}\r\nSN-0004;;;\r\n`;
    const full = await heldNight('2026-12-03', 3, list, all);
    expect(full).toMatchObject({
      state: 'closed',
      balanced: true,
      leavers: 2,
      newLeavers: 2,
      unreadable: 1,
      people: 0,
    });
    const left = await table(full, 'sortants.csv');
    expect(left.map((cells) => [cells[0], cells[2], cells[6], cells[8], cells[9]])).toEqual([
      ['SN-0002', 'Awa SOW', 'LOT-3', 'oui', 'Enrôlé(e)'],
      ['SN-0004', 'Awa DIOP', 'LOT-3', 'oui', 'À vérifier'],
    ]);
    expect(left.map((cells) => cells[13]?.startsWith('Une ligne illisible'))).toEqual([false, true]);
    expect(await figure(full, 'Absentes de la dernière liste complète')).toBe('2');
    expect(await outcomes(installation)).toMatchObject({ 'SN-0002/1': 'enrolled' });
    expect((await outcomes(installation))['SN-0004/1']).toMatch(/^needs-review/);

    // One is back on any list; the other is told of still, and is no longer new. The earlier report keeps saying what it said.
    const back = await heldNight('2026-12-04', 4, csvOf(village([sow]).lines), null);
    expect(back).toMatchObject({ balanced: true, leavers: 1, newLeavers: 0 });
    expect((await table(back, 'sortants.csv')).map((cells) => [cells[0], cells[8]])).toEqual([['SN-0004', 'non']]);
    expect(installation.sandbox.ledger()).toHaveLength(3);
  });
});

describe('what the RNU changed', () => {
  it('is told person by person, in the report and in the file of the person, and verified again where it is open', async () => {
    await open();
    await heldNight('2026-12-01', 1, csvOf(made.lines), null);
    const changed = village([
      person('SN-0003', 'FALL', { line: { commune: 'NDIOUM' } }),
      person('SN-0004', 'DIOP', { card: null, birth: '1981-05-12', numberOnLine: '2042198100401' }),
    ]);
    const summary = await heldNight('2026-12-02', 2, csvOf(changed.lines), null);
    expect(summary).toMatchObject({ balanced: true, changed: 2, people: 1, leavers: 0 });
    expect((await table(summary, 'modifications.csv')).map((cells) => [cells[0], ...cells.slice(4)])).toEqual([
      ['SN-0003', 'Commune : GUEDE VILLAGE → NDIOUM', 'non', 'Enrôlé(e)'],
      ['SN-0004', 'Année de naissance : 1980 → 1981 ; NIN : (vide) → •••••••••0401', 'oui', 'À vérifier'],
    ]);
    const [row] = await installation.rows<{ id: string }>(`select id from person where ref = 'SN-0004/1'`);
    const question = { personId: row?.id ?? '', on: null, timeZone: 'Africa/Dakar' };
    const story = await tellStory(installation.context.db, question);
    expect(story?.changes.map(({ batch, fields }) => [batch, fields.map(({ label }) => label)])).toEqual([
      ['LOT-2', ['Année de naissance', 'NIN']],
    ]);
    expect(JSON.stringify(story?.changes)).not.toContain('2042198100401');
  });
});

describe('covers that end', () => {
  const next = 'PNBSF-2027';

  it('are taken up by the next campaign ahead of their end, once each, and not for those who left', async () => {
    await open();
    await heldNight('2026-12-01', 1, csvOf(made.lines), null);
    await heldNight('2026-12-02', 2, csvOf(village([ndiaye, fall, diop]).lines), all);
    const ledger = installation.sandbox.ledger().length;
    const { db } = installation.context;
    const context = {
      ...installation.context,
      policy: { ...installation.context.policy, renewalLeadDays: 15 },
    };
    const startOn = async (runDate: string, campaign: string, renewalLeadDays: number | null) => {
      const order = { runDate, campaign, patienceMs: 60_000, batchId: null, startedBy: 'test', renewalLeadDays };
      const { runId, people } = await startRun(db, order);
      const summary = await workThrough({ context }, runId);
      return { people, summary };
    };
    // Too early, not wanted, or the campaign that opened the cover itself: nobody.
    expect((await startOn('2027-11-14', next, 15)).people).toBe(0);
    expect((await startOn('2027-11-20', next, null)).people).toBe(0);
    expect((await startOn('2027-11-20', CAMPAIGN, 15)).people).toBe(0);
    const { people, summary } = await startOn('2027-11-20', next, 15);
    expect(people).toBe(2);
    expect(summary).toMatchObject({ state: 'closed', balanced: true, outcomes: { renewed: 2 } });
    expect((await startOn('2027-11-21', next, 15)).people).toBe(0);
    const renewed = installation.sandbox.ledger().slice(ledger);
    expect(renewed.map(({ person: ref }) => ref).sort()).toEqual(['SN-0001/1', 'SN-0003/1']);
  });
});
