import { describe, expect, it } from '@jest/globals';
import { hasRedis } from '../support/redis.ts';
import { chaos } from './chaos-command.ts';

// Mostly waiting, for leases and settle windows to pass: the three nights wait together.
const LIMIT_MS = 460_000;

const onRedis = hasRedis() ? it.concurrent : it.skip;

async function cleanNight(backend: string): Promise<void> {
  const end = await chaos(['--people', '200', '--workers', '2', '--seed', 'ci', '--backend', backend]);
  expect(`${end.stdout}${end.stderr}`).toContain('workers killed');
  expect(end.lastLine).toBe('lost 0 twice 0 wrongly-enrolled 0');
  expect(end.stdout).toContain('\nclean\n');
  expect(end.status).toBe(0);
}

describe('a short night under disturbances', () => {
  onRedis('loses nobody and registers nobody twice, with queues on Redis', () => cleanNight('redis'), LIMIT_MS);

  it.concurrent(
    'loses nobody and registers nobody twice, with queues on PostgreSQL',
    () => cleanNight('postgres'),
    LIMIT_MS,
  );

  it.concurrent(
    'is found out when the intent is not written down before the call',
    async () => {
      const words = ['--people', '200', '--workers', '2', '--seed', 'ci', '--backend', 'postgres'];
      const end = await chaos([...words, '--sabotage', 'intent']);
      expect(end.status).toBe(1);
      expect(end.lastLine).toMatch(/^lost 0 twice [1-9]\d* wrongly-enrolled 0$/);
    },
    LIMIT_MS,
  );
});
