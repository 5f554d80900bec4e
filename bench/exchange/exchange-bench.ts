/**
 * `npm run bench -- exchange`: calls per second and processor time per call of the exchange client, against the bare
 * library beneath it and against axios as it comes. Subjects take turns within each repeat, so that whatever else the
 * machine does falls on all of them; figures are to be read as ratios within one run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { spread, type Spread } from '../spread.ts';
import { makeCalls, measure, type Measurement } from './measure.ts';
import type { ExchangeResult, ExchangeSettings, SubjectResult } from './result.ts';
import { openSubjects, type Subject } from './subjects.ts';
import { exchangeTable } from './table.ts';

const REFERENCE = 'bare undici, REST';

// Benches run compiled: Node 20 does not read TypeScript.
const RESPONDER = fileURLToPath(new URL('./responder.js', import.meta.url));

/** Runs the bench with the words of its command line; resolves to what is to be printed. */
export async function exchangeBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      calls: { type: 'string', default: '10000' },
      'in-flight': { type: 'string', default: '32' },
      repeats: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const settings = {
    calls: bounded('calls', values.calls, 100, 1_000_000),
    inFlight: bounded('in-flight', values['in-flight'], 1, 1_000),
    repeats: bounded('repeats', values.repeats, 3, 50),
  };
  const result = await run(settings);
  return values.json ? JSON.stringify(result, null, 2) : exchangeTable(result);
}

async function run(settings: ExchangeSettings): Promise<ExchangeResult> {
  const responder = fork(RESPONDER, { stdio: 'inherit' });
  try {
    const subjects = openSubjects(await addressOf(responder), settings.inFlight);
    const found = await takeTurns(subjects, settings);
    await Promise.all(subjects.map(({ close }) => close()));
    return { bench: 'exchange', machine: machine(), settings, subjects: summarise(subjects, found) };
  } finally {
    responder.disconnect();
  }
}

async function takeTurns(
  subjects: readonly Subject[],
  { calls, inFlight, repeats }: ExchangeSettings,
): Promise<ReadonlyMap<string, readonly Measurement[]>> {
  const found = new Map<string, Measurement[]>(subjects.map(({ name }) => [name, []]));
  for (const subject of subjects) await makeCalls(subject, Math.ceil(calls / 2), inFlight);
  for (let repeat = 0; repeat < repeats; repeat++) {
    // Another one begins each time: the first of a round finds the coolest processor.
    const order = subjects.map((_, index) => subjects[(index + repeat) % subjects.length]);
    for (const subject of order) {
      if (subject) found.get(subject.name)?.push(await measure(subject, calls, inFlight));
    }
  }
  return found;
}

function summarise(
  subjects: readonly Subject[],
  found: ReadonlyMap<string, readonly Measurement[]>,
): readonly SubjectResult[] {
  const cpuOf = (name: string): Spread => spread((found.get(name) ?? []).map(({ cpuPerCallUs }) => cpuPerCallUs));
  const reference = cpuOf(REFERENCE).median;
  return subjects.map(({ name }) => ({
    name,
    callsPerSecond: spread((found.get(name) ?? []).map(({ callsPerSecond }) => callsPerSecond)),
    cpuPerCallUs: cpuOf(name),
    cpuRatio: cpuOf(name).median / reference,
  }));
}

async function addressOf(responder: ChildProcess): Promise<string> {
  const [message] = (await once(responder, 'message')) as [{ port: number }];
  return `http://127.0.0.1:${message.port}`;
}

function bounded(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name}: a whole number from ${least} to ${most}`);
  return value;
}
