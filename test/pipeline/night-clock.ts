/** Nights held by a clock that the test sets: nothing here waits for real time. */
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nightFolder } from '../../src/publication-setup.ts';
import { nightOptions } from '../../src/night-setup.ts';
import { lookAtNight, type NightLook } from '../../src/pipeline/night/hold-night.ts';
import { publishRun } from '../../src/reports/publish-run.ts';
import { withPublishedRun } from '../../src/store/report/publication.ts';
import { runSummary } from '../../src/store/run/run-summary.ts';
import type { Installation } from './installation.ts';
import type { Village } from './village.ts';

export interface NightClock {
  /** Sets the hour, `AAAA-MM-JJTHH:MM` in Dakar, which is UTC. */
  set(hour: string): void;
  look(): Promise<NightLook>;
  /** What happens while the product waits; told how long it meant to. */
  whilePausing: (ms: number) => Promise<void>;
}

export function nightClock({ app }: Installation): NightClock {
  let now = new Date(0);
  const clock: NightClock = {
    set: (hour) => {
      now = new Date(`${hour}:00Z`);
    },
    look: () => lookAtNight(options),
    whilePausing: () => Promise.resolve(),
  };
  const options = nightOptions(app, { now: () => now, pause: (ms) => clock.whilePausing(ms) });
  return clock;
}

/** A folder of its own. */
export async function dropFolder(): Promise<string> {
  const directory = join(await mkdtemp(join(tmpdir(), 'depot-')), 'depot');
  await mkdir(directory);
  return directory;
}

/** Lines as agencies send them. */
export function csvOf(lines: Village['lines']): string {
  const names = Object.keys(lines[0] ?? {});
  return (
    [names.join(';'), ...lines.map((line) => names.map((name) => line[name] ?? '').join(';'))].join('\r\n') + '\r\n'
  );
}

export async function drop(directory: string, name: string, content: string): Promise<void> {
  await writeFile(join(directory, name), content);
}

/** Every file of a folder, by its path in it. */
export async function filesOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** Publishes what is closed, as the publisher does; one mail to those who run the system. */
export async function publish({ app }: Installation): Promise<void> {
  const { db } = app.database;
  const { report, mail } = await app.publication();
  const recipients = [{ address: 'exploitation@exemple.sn', role: 'exploitation' as const, region: '' }];
  await withPublishedRun(db, async (runId) => {
    const summary = await runSummary(db, runId);
    if (summary === null) throw new Error('the run disappeared');
    await publishRun(db, summary, nightFolder(app.config, summary), { report, mail: { ...mail, recipients } });
  });
}
