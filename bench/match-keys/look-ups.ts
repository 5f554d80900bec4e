import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { IdentityMatcher } from '../../src/pipeline/identity-matcher.ts';
import { lineFacts } from '../../src/pipeline/verify/find-duplicates.ts';
import type { Executor } from '../../src/store/database.ts';
import { findCandidates } from '../../src/store/duplicates/candidates.ts';
import { linesOfPeople, type RnuLine } from '../../src/store/duplicates/rnu-line.ts';

/** How values lie; milliseconds or counts. */
export interface Tail {
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

export interface LookUpTimes {
  readonly people: number;
  /** `fetched`: keys made, candidates found and their lines read. `weighed`: all of them scored. */
  readonly milliseconds: Readonly<Record<'fetched' | 'weighed' | 'both', Tail>>;
  readonly candidates: Tail;
  /** Processor time per person: what a busy machine does not change. Null where the system does not tell. */
  readonly processorMs: { readonly here: number; readonly server: number | null };
}

/** Times the search for other lines of `wanted` people spread over all, one after the other on one connection. */
export async function timeLookUps(db: Executor, matcher: IdentityMatcher, wanted: number): Promise<LookUpTimes> {
  const people = await spreadPeople(db, wanted);
  const fetched: number[] = [];
  const weighed: number[] = [];
  const candidates: number[] = [];
  const before = { here: process.cpuUsage(), server: await serverMs(db) };
  for (const line of people) {
    const started = performance.now();
    const asked = matcher.keys.asked(line).map((key) => ({ personId: line.personId, ...key }));
    const { met } = await findCandidates(db, line.householdId, asked);
    const others = await linesOfPeople(
      db,
      met.map(({ otherId }) => otherId),
    );
    const read = performance.now();
    const own = lineFacts(line);
    for (const other of others)
      matcher.scoreFrom(matcher.duplicates.reviewFrom, own, lineFacts(other), 'earlier-batch');
    fetched.push(read - started);
    weighed.push(performance.now() - read);
    candidates.push(others.length);
  }
  const here = process.cpuUsage(before.here);
  const server = await serverMs(db);
  const both = fetched.map((time, index) => time + (weighed[index] ?? 0));
  return {
    people: people.length,
    milliseconds: { fetched: tail(fetched), weighed: tail(weighed), both: tail(both) },
    candidates: tail(candidates),
    processorMs: {
      here: (here.user + here.system) / 1_000 / people.length,
      server: before.server === null || server === null ? null : (server - before.server) / people.length,
    },
  };
}

async function spreadPeople(db: Executor, wanted: number): Promise<readonly RnuLine[]> {
  const rows = await db.selectFrom('person').select('id').orderBy('id').execute();
  const step = Math.max(1, Math.floor(rows.length / wanted));
  const chosen = rows.filter((_, index) => index % step === 0).slice(0, wanted);
  return linesOfPeople(
    db,
    chosen.map(({ id }) => id),
  );
}

/** Processor time of the one server process that serves this connection, as Linux counts it (ticks of 10 ms). */
async function serverMs(db: Executor): Promise<number | null> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const stat = await readFile(`/proc/${rows[0]?.pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function tail(values: readonly number[]): Tail {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), longest: sorted.at(-1) ?? 0 };
}
