/**
 * The design one writes first: a BullMQ job per call, axios as it comes, fast-xml-parser as it comes, and an UPDATE per
 * row before and after every call. A person's next call is a new job. It makes the same calls, told by the script which
 * they are, and so neither compares names nor searches for duplicates, nor is anything of it safe against a crash.
 */
import axios from 'axios';
import { createPostgresBackend, Queue, withBackend, Worker, type Processor } from 'bullmq';
import { XMLParser } from 'fast-xml-parser';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { PersonCall, Rounds } from '../recorded-call.ts';
import { runRival, type RivalOrder } from './rival-process.ts';

type Phase = 'verify' | 'register';

interface CallJob {
  readonly person: string;
  readonly phase: Phase;
  /** Which of the person's calls of this phase. */
  readonly call: number;
}

type CallsOf = Readonly<Record<Phase, ReadonlyMap<string, readonly PersonCall[]>>>;

await runRival(async (order, { verify, register }) => {
  const pool = new pg.Pool({ connectionString: order.databaseUrl ?? '', max: 20 });
  const calls: CallsOf = { verify: byPerson(verify), register: byPerson(register) };
  await makeTables(pool, [...calls.verify.keys()]);
  return () => work(order, pool, calls);
});

async function makeTables(pool: pg.Pool, people: readonly string[]): Promise<void> {
  await pool.query(`create table obvious_person (
    id bigint primary key, state text not null, answers jsonb not null default '[]', updated_at timestamptz)`);
  await pool.query(`create index on obvious_person (state)`);
  await pool.query(`insert into obvious_person (id, state) select unnest($1::bigint[]), 'received'`, [people]);
}

/** Each person's calls in their order; of a household those of its holder come first. */
function byPerson(households: readonly Rounds[]): ReadonlyMap<string, readonly PersonCall[]> {
  const calls = new Map<string, PersonCall[]>();
  for (const round of households.flat())
    for (const call of round) calls.set(call.person, [...(calls.get(call.person) ?? []), call]);
  return calls;
}

async function work(order: RivalOrder, pool: pg.Pool, calls: CallsOf): Promise<void> {
  const callStep = stepOf(order, pool, calls);
  for (const phase of ['verify', 'register'] as const) {
    const people = [...calls[phase].keys()];
    if (people.length === 0) continue;
    let left = people.length;
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const { add } = openQueue(order, phase, async ({ data }) => {
      if (await callStep(data)) await add([{ name: phase, data: { ...data, call: data.call + 1 } }]);
      else if (--left === 0) finish();
    });
    await add(people.map((person) => ({ name: phase, data: { person, phase, call: 0 } })));
    await finished;
  }
}

function openQueue(
  { redisUrl, databaseUrl, concurrency }: RivalOrder,
  name: Phase,
  processor: Processor<CallJob>,
): { readonly add: (jobs: { name: string; data: CallJob }[]) => Promise<unknown> } {
  if (redisUrl === null) {
    const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
    const connection = { connectionString: databaseUrl ?? '', schema: 'obvious_queue', migrate: true, max: 4 };
    const queue = new PostgresQueue<CallJob>(name, { connection });
    new PostgresWorker<CallJob>(name, processor, { connection, concurrency });
    return { add: (jobs) => queue.addBulk(jobs) };
  }
  const queue = new Queue<CallJob>(name, { connection: new Redis(redisUrl) });
  new Worker<CallJob>(name, processor, {
    connection: new Redis(redisUrl, { maxRetriesPerRequest: null }),
    concurrency,
  });
  return { add: (jobs) => queue.addBulk(jobs) };
}

const RESULT: Readonly<Record<Phase, string>> = { verify: 'confirmed', register: 'enrolled' };
const DOING: Readonly<Record<Phase, string>> = { verify: 'verifying', register: 'sending' };

/** Makes one call of a person; true when another one follows. */
function stepOf({ responderUrl }: RivalOrder, pool: pg.Pool, callsOf: CallsOf): (job: CallJob) => Promise<boolean> {
  const http = axios.create({ baseURL: responderUrl, validateStatus: () => true });
  const xml = new XMLParser({ ignoreAttributes: false });
  return async ({ person, phase, call }) => {
    const calls = callsOf[phase].get(person) ?? [];
    const asked = calls[call];
    if (asked === undefined) return false;
    await pool.query('select * from obvious_person where id = $1', [person]);
    await pool.query('update obvious_person set state = $2, updated_at = now() where id = $1', [person, DOING[phase]]);
    const { method, path: url, headers, body } = asked;
    const { data } = await http.request<unknown>({ method, url, headers, data: body });
    const answer: unknown = typeof data === 'string' ? xml.parse(data) : data;
    const isLast = call + 1 === calls.length;
    await pool.query(
      'update obvious_person set state = $2, answers = answers || $3::jsonb, updated_at = now() where id = $1',
      [person, isLast ? RESULT[phase] : DOING[phase], JSON.stringify([answer])],
    );
    return !isLast;
  };
}
