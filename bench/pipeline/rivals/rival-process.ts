/** What a rival of the product tells whoever started it, and how it is told to begin. */
import { readFile } from 'node:fs/promises';
import type { CallScript } from '../recorded-call.ts';

/** What a rival is told at its start, as JSON in its one argument. */
export interface RivalOrder {
  readonly scriptFile: string;
  readonly responderUrl: string;
  /** Households, or people, at a time. */
  readonly concurrency: number;
  /** Calls in flight at most. */
  readonly inFlight: number;
  readonly databaseUrl: string | null;
  /** Null: its queues are on PostgreSQL. */
  readonly redisUrl: string | null;
}

/** What it did. */
export interface RivalReport {
  readonly seconds: number;
  readonly cpuMs: number;
}

/** Prepares a rival, says `ready`, waits for its word to begin, measures its work and reports it. */
export async function runRival(
  prepare: (order: RivalOrder, script: CallScript) => Promise<() => Promise<void>>,
): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '') as RivalOrder;
  const script = JSON.parse(await readFile(order.scriptFile, 'utf8')) as CallScript;
  const work = await prepare(order, script);
  process.on('disconnect', () => process.exit(1));
  process.once('message', () => void measured(work).then((report) => process.send?.(report)));
  process.send?.('ready');
}

async function measured(work: () => Promise<void>): Promise<RivalReport> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuMs: (user + system) / 1_000 };
}
