import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { scaledSettings } from '../../bench/chaos/scaled-settings.ts';
import { planDisturbances, type PlannedDisturbance } from '../../bench/chaos/disturbances/plan.ts';
import { readConfig } from '../../src/config.ts';
import { until } from '../support/until.ts';
import { chaos } from './chaos-command.ts';

describe('npm run chaos', () => {
  it.each([
    [['--people', 'many']],
    [['--workers', '1']],
    [['--backend', 'mysql']],
    [['--sabotage', 'everything']],
    [['--time-factor', '60']],
    [['--unknown']],
  ])('refuses %j with 2 and tells how it is used', async (words) => {
    const { status, stderr, stdout } = await chaos(words);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: npm run chaos');
    expect(stdout).toBe('');
  });

  it('leaves no server behind when it is stopped half-way', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'chaos-stopped-'));
    let stopped = false;
    const end = await chaos(['--people', '100', '--backend', 'postgres', '--dir', directory], (said, stop) => {
      if (stopped || !said.includes('Disturbing')) return;
      stopped = true;
      stop();
    });
    expect(stopped).toBe(true);
    expect(end.status).toBe(3);
    // PostgreSQL removes it as it ends.
    const pidFile = join(directory, 'postgres', 'cluster', 'postmaster.pid');
    await until('PostgreSQL is gone', () =>
      readFile(pidFile).then(
        () => false,
        () => true,
      ),
    );
    await rm(directory, { recursive: true, force: true });
  }, 120_000);
});

describe('the times of a chaos run', () => {
  it.each([1, 20, 60, 100, 200])('divided by %i keep the order that makes the procedure hold', (divisor) => {
    const { times } = readConfig(scaledSettings(divisor, 600_000));
    expect(times.leaseMs).toBe(600_000 / divisor);
    expect(times.settleMs).toBe(300_000 / divisor);
    expect(times.writeDeadlineMs).toBe(120_000 / divisor);
  });
});

describe('the plan of a chaos run', () => {
  const plan = (people: number, seed = 'seed'): readonly PlannedDisturbance[] =>
    planDisturbances({ people, workers: 4, seed }, 'redis');
  const count = (people: number, ...kinds: readonly string[]): number =>
    plan(people).filter(({ what }) => kinds.includes(what)).length;

  it('is the same for the same seed, and another for another', () => {
    expect(plan(3_000, 'a')).toEqual(plan(3_000, 'a'));
    expect(plan(3_000, 'a')).not.toEqual(plan(3_000, 'b'));
  });

  it('has for 100 000 people at least 50 kills, 20 freezes, 10 wipes and 10 cuts', () => {
    expect(count(100_000, 'kill')).toBeGreaterThanOrEqual(50);
    expect(count(100_000, 'freeze', 'long-freeze', 'freeze-across-phases')).toBeGreaterThanOrEqual(20);
    expect(count(100_000, 'queue-wipe')).toBeGreaterThanOrEqual(10);
    expect(count(100_000, 'database-cut')).toBeGreaterThanOrEqual(10);
  });

  it('aims at registrations under way as soon as there are any', () => {
    for (const kind of ['kill-after-effect', 'freeze-unanswered']) {
      const planned = plan(100_000).filter(({ what }) => what === kind);
      expect(planned.length).toBeGreaterThan(3);
      expect(planned.every(({ at }) => at > 0.5)).toBe(true);
      expect(planned[0]?.at).toBeLessThan(0.51);
    }
  });

  it('strikes both phases', () => {
    const planned = plan(1_000).filter(({ what }) => what === 'kill');
    expect(planned.some(({ at }) => at < 0.5)).toBe(true);
    expect(planned.some(({ at }) => at > 0.5)).toBe(true);
  });
});
