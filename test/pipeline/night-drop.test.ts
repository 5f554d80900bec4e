import { appendFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openRefusals } from '../../src/store/night/refused-deliveries.ts';
import { openInstallation, type Installation } from './installation.ts';
import { csvOf, drop, dropFolder, filesOf, nightClock, type NightClock } from './night-clock.ts';
import { village, villager } from './village.ts';

let installation: Installation;
let folder: string;
let clock: NightClock;
afterEach(() => installation.close());

const made = village(
  ['SN-0001', 'SN-0002', 'SN-0003'].map((household) =>
    villager({ household, number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F' }),
  ),
);

async function open(): Promise<void> {
  folder = await dropFolder();
  installation = await openInstallation({
    village: { lines: [], registries: made.registries },
    settings: { PNBSF_DROP_DIR: folder, PNBSF_DROP_SETTLE_MS: '10', PNBSF_DROP_PATIENCE_MS: '50' },
  });
  clock = nightClock(installation);
  clock.set('2026-11-30T15:00');
  await clock.look();
  clock.set('2026-12-01T02:00');
}

const batches = (): Promise<{ number: string; people: number }[]> =>
  installation.rows('select number, people from batch order by id');

describe('the drop folder', () => {
  it('leaves a file that is still being copied to the next night, and takes the others', async () => {
    await open();
    const whole = csvOf(made.lines);
    await drop(folder, 'GROS.csv', whole.slice(0, 300));
    await drop(folder, 'PETIT.csv', csvOf(made.lines.slice(0, 1)));
    await drop(folder, 'AUTRE.csv.part', 'rien');
    clock.whilePausing = () => appendFile(join(folder, 'GROS.csv'), ' ');
    expect(await clock.look()).toMatchObject({ kind: 'started' });
    expect(await batches()).toEqual([{ number: 'PETIT', people: 1 }]);
    expect(await filesOf(folder)).toEqual(['AUTRE.csv.part', 'GROS.csv', 'archives/2026/12/PETIT.csv']);
  });

  it('waits for a copy that ends in time, and trusts a sender who says it is complete', async () => {
    await open();
    const whole = csvOf(made.lines);
    await drop(folder, 'GROS.csv', whole.slice(0, 300));
    let pauses = 0;
    clock.whilePausing = async () => {
      pauses += 1;
      if (pauses === 2) await drop(folder, 'GROS.csv', whole);
      else if (pauses === 1) await appendFile(join(folder, 'GROS.csv'), ' ');
    };
    await clock.look();
    expect(await batches()).toEqual([{ number: 'GROS', people: 3 }]);
    expect(await filesOf(folder)).toEqual(['archives/2026/12/GROS.csv']);
  });

  it('quarantines a batch whose totals do not hold, saying what was announced and what came', async () => {
    await open();
    await drop(folder, 'LOT-9.csv', csvOf(made.lines));
    await drop(folder, 'LOT-9.controle.json', JSON.stringify({ menages: 3, personnes: 4 }));
    await drop(folder, 'LOT-8.csv', csvOf(made.lines.slice(0, 2)));
    await drop(folder, 'LOT-8.controle.csv', 'menages;personnes\r\n3;2\r\n');
    expect(await clock.look()).toMatchObject({ kind: 'started', people: 0 });
    expect(await batches()).toEqual([]);
    expect(await filesOf(folder)).toEqual([
      'quarantaine/LOT-8.controle.csv',
      'quarantaine/LOT-8.csv',
      'quarantaine/LOT-8.csv.refus.txt',
      'quarantaine/LOT-9.controle.json',
      'quarantaine/LOT-9.csv',
      'quarantaine/LOT-9.csv.refus.txt',
    ]);
    expect(await readFile(join(folder, 'quarantaine/LOT-9.csv.refus.txt'), 'utf8')).toContain(
      'Le lot annonce 4 personnes ; 3 lignes ont été lues.',
    );
    const refusals = await openRefusals(installation.context.db, 9);
    expect(refusals.map(({ name, code, times }) => [name, code, times])).toEqual([
      ['LOT-9.csv', 'TOTAUX_DIFFERENTS', 1],
      ['LOT-8.csv', 'MENAGES_DIFFERENTS', 1],
    ]);
  });

  it('takes several files as one batch when a control file says so, and never half of it', async () => {
    await open();
    const control = JSON.stringify({ lot: 'LOT-7', fichiers: ['A.csv', 'B.csv.gz'], menages: 3, personnes: 3 });
    await drop(folder, 'LOT-7.controle.json', control);
    await drop(folder, 'A.csv', csvOf(made.lines.slice(0, 1)));
    expect(await clock.look()).toMatchObject({ kind: 'started', people: 0 });
    await installation.rows(`update run set state = 'closed'`);
    await writeFile(join(folder, 'B.csv.gz'), gzipSync(csvOf(made.lines.slice(1))));
    clock.set('2026-12-02T02:00');
    expect(await clock.look()).toMatchObject({ kind: 'started', people: 3 });
    expect(await batches()).toEqual([{ number: 'LOT-7', people: 3 }]);
    expect(await filesOf(folder)).toHaveLength(3);
  });

  it('goes on from where a process died between taking a file in hand and importing it', async () => {
    await open();
    await drop(folder, 'LOT-1.csv', csvOf(made.lines));
    await mkdir(join(folder, 'en-cours'));
    await rename(join(folder, 'LOT-1.csv'), join(folder, 'en-cours/LOT-1.csv'));
    await clock.look();
    expect(await filesOf(folder)).toEqual(['archives/2026/12/LOT-1.csv']);
    // And between importing and archiving it.
    await rename(join(folder, 'archives/2026/12/LOT-1.csv'), join(folder, 'en-cours/LOT-1.csv'));
    await installation.rows(`update run set state = 'closed'`);
    clock.set('2026-12-02T02:00');
    await clock.look();
    expect(await batches()).toEqual([{ number: 'LOT-1', people: 3 }]);
    expect(await filesOf(folder)).toEqual(['archives/2026/12/LOT-1.csv']);
  });
});
