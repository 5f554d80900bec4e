/**
 * The partners of a bench, in a process of their own: writes the batch, then answers until whoever started it goes. What
 * it is told comes as messages; each is answered when done.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeBatchCsv } from '../../../fixtures/population/batch-csv.ts';
import { generatePopulation } from '../../../fixtures/population/population.ts';
import type { RecordedCall } from '../recorded-call.ts';
import { openDoor, type DoorRequest } from './http-door.ts';
import { StaticPartners } from './static-partners.ts';

/** What the process is told at its start, as JSON in the file its one argument names. */
export interface ResponderOrder {
  readonly people: number;
  readonly seed: string;
  readonly asOf: string;
  readonly batchFile: string;
  /** Where calls are written while they are recorded. */
  readonly callsFile: string;
}

/** What it is told later. */
export type ResponderWish =
  /** Forget registrations; hold every answer back so long. */
  | { readonly wish: 'reset'; readonly holdMs: number }
  | { readonly wish: 'record' }
  | { readonly wish: 'stop-recording' };

/** Its answer to each, and the first one. */
export interface ResponderReport {
  readonly port: number;
  /** Calls answered so far. */
  readonly calls: number;
  /** User and system time so far, ms. */
  readonly cpuMs: number;
}

/** A larger population's answers would not fit beside it. */
const MOST_PEOPLE_KEPT = 150_000;

const order = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as ResponderOrder;
const population = generatePopulation(order);
await writeBatchCsv(population, order.batchFile, { unreadableLines: 0 });
const partners = new StaticPartners(population.registries, order.seed, order.people <= MOST_PEOPLE_KEPT);
let calls = 0;
let record: WriteStream | null = null;
const door = await openDoor((request) => {
  calls += 1;
  record?.write(`${JSON.stringify(recorded(request))}\n`);
  return partners.answer(request);
});
process.on('disconnect', () => process.exit(0));
process.on('message', (wish: ResponderWish) => void obey(wish).then(report));
report();

async function obey(wish: ResponderWish): Promise<void> {
  if (wish.wish === 'reset') {
    partners.reset();
    door.hold(wish.holdMs);
  } else if (wish.wish === 'record') record = createWriteStream(order.callsFile);
  else {
    const ending = record;
    record = null;
    await new Promise<void>((resolve) => (ending === null ? resolve() : ending.end(() => resolve())));
  }
}

function report(): void {
  const { user, system } = process.cpuUsage();
  process.send?.({ port: door.port, calls, cpuMs: (user + system) / 1_000 } satisfies ResponderReport);
}

/** Headers of the connection, which whoever repeats the call writes anew. */
const OF_CONNECTION = new Set(['host', 'connection', 'content-length']);

function recorded({ method, target, head, body }: DoorRequest): RecordedCall {
  const lines = head
    .split('\r\n')
    .slice(1)
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  const headers = Object.fromEntries(lines.filter(([name]) => !OF_CONNECTION.has(name.toLowerCase())));
  return { method, path: target, headers, body: body.length === 0 ? null : body.toString('utf8') };
}
