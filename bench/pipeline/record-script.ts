/** Plays one night that is not measured, and makes of it the calls its rivals repeat. */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Database } from '../../src/store/database.ts';
import { playNight } from './play-night.ts';
import { messageIdOf, type CallScript, type PersonCall, type RecordedCall, type Rounds } from './recorded-call.ts';
import type { Stage } from './stage.ts';

interface AttemptRow {
  readonly message: string;
  readonly person: string;
  readonly household: string;
  readonly operation: string;
  /** Those of one round were filed in one statement. */
  readonly planned: string;
}

/** Writes the script beside the batch; resolves to its path. */
export async function recordScript(stage: Stage): Promise<string> {
  await stage.responder.tell({ wish: 'record' });
  let rows: readonly AttemptRow[] = [];
  await playNight(stage, {
    backend: stage.redis === null ? 'postgres' : 'redis',
    workers: 1,
    holdMs: 0,
    atEnd: async (database) => void (rows = await attempts(database)),
  });
  await stage.responder.tell({ wish: 'stop-recording' });
  const calls = await recordedCalls(join(stage.folder, 'calls.jsonl'));
  const path = join(stage.folder, 'script.json');
  const phase = (which: (operation: string) => boolean): readonly Rounds[] =>
    roundsOf(
      rows.filter(({ operation }) => which(operation)),
      calls,
    );
  const script: CallScript = {
    people: stage.people,
    calls: calls.size,
    verify: phase((operation) => operation !== 'register'),
    register: phase((operation) => operation === 'register'),
  };
  await writeFile(path, JSON.stringify(script));
  return path;
}

async function attempts({ pool }: Database): Promise<readonly AttemptRow[]> {
  const { rows } = await pool.query<AttemptRow>(`
    select a.message_id as message, a.enrolment_id as person, e.household_id as household, a.operation,
           a.planned_at::text as planned
      from attempt a join enrolment e on e.id = a.enrolment_id
     order by e.household_id, a.planned_at, a.enrolment_id`);
  return rows;
}

async function recordedCalls(path: string): Promise<ReadonlyMap<string, RecordedCall>> {
  const calls = new Map<string, RecordedCall>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const call = JSON.parse(line) as RecordedCall;
    const id = messageIdOf(call);
    // Pages that are read back belong to no person; they are a thousandth of all calls.
    if (id !== null && call.method === 'POST') calls.set(id, call);
  }
  return calls;
}

function roundsOf(rows: readonly AttemptRow[], calls: ReadonlyMap<string, RecordedCall>): readonly Rounds[] {
  const households = new Map<string, Map<string, PersonCall[]>>();
  for (const { household, planned, message, person } of rows) {
    const call = calls.get(message);
    if (call === undefined) throw new Error(`call ${message} was filed and never seen`);
    const rounds = households.get(household) ?? new Map<string, PersonCall[]>();
    households.set(household, rounds);
    rounds.set(planned, [...(rounds.get(planned) ?? []), { ...call, person }]);
  }
  return [...households.values()].map((rounds) => [...rounds.values()]);
}
