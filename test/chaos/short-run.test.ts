import { describe, expect, it } from '@jest/globals';
import { hasRedis } from '../support/redis.ts';
import { chaos, type ChaosEnd } from './chaos-command.ts';

// Each night has the machine to itself: `npm test` runs this file after all others, and its tests follow one another.
const NIGHT = ['--people', '120', '--workers', '2', '--seed', 'ci'];
// Beyond the limit of the run itself, so that it is the run that says it did not finish.
const LIMIT_MS = 600_000;

const onRedis = hasRedis() ? it : it.skip;

/** What the run said goes into the failure: a night that did not finish is not one that lost somebody. */
function said({ stdout, stderr }: ChaosEnd): string {
  return `${stderr}${stdout}`;
}

async function cleanNight(backend: string): Promise<void> {
  const end = await chaos([...NIGHT, '--backend', backend]);
  expect(said(end)).not.toContain('NOT FINISHED');
  expect(said(end)).toContain('\nclean\n');
  expect(said(end)).toMatch(/kill-after-effect [1-9]/);
  expect(end.lastLine).toBe('lost 0 twice 0 wrongly-enrolled 0');
  expect(end.status).toBe(0);
}

describe('a short night under disturbances', () => {
  onRedis('loses nobody and registers nobody twice, with queues on Redis', () => cleanNight('redis'), LIMIT_MS);

  it('loses nobody and registers nobody twice, with queues on PostgreSQL', () => cleanNight('postgres'), LIMIT_MS);

  it(
    'is found out when the intent is not written down before the call',
    async () => {
      const end = await chaos([...NIGHT, '--backend', 'postgres', '--sabotage', 'intent']);
      expect(said(end)).toMatch(/registered twice [1-9]/);
      expect(end.lastLine).toMatch(/^lost 0 twice [1-9]\d* wrongly-enrolled 0$/);
      expect(end.status).toBe(1);
    },
    LIMIT_MS,
  );
});
