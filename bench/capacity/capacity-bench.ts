/**
 * `npm run bench -- capacity [--people N]`: whole nights at several latencies and concurrencies, and what the capacity model
 * says of each. Prints one JSON object: the points of the table in docs/capacity.md.
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { measuredNights, type MeasuredNights } from '../../src/store/night/measured-nights.ts';
import type { Database } from '../../src/store/database.ts';
import { playNight } from '../pipeline/play-night.ts';
import { CAMPAIGN, openStage } from '../pipeline/stage.ts';

/** What a point differs in. Households and calls in flight are of one worker. */
const POINTS = [
  { holdMs: 0, workers: 1, concurrency: 1, inFlight: 32 },
  { holdMs: 0, workers: 1, concurrency: 20, inFlight: 32 },
  { holdMs: 100, workers: 1, concurrency: 4, inFlight: 32 },
  { holdMs: 100, workers: 1, concurrency: 20, inFlight: 8 },
  { holdMs: 100, workers: 2, concurrency: 20, inFlight: 32 },
  { holdMs: 300, workers: 1, concurrency: 20, inFlight: 32 },
  { holdMs: 300, workers: 2, concurrency: 10, inFlight: 32 },
  { holdMs: 1_000, workers: 2, concurrency: 40, inFlight: 32 },
] as const;

/** Runs the bench and returns its JSON. */
export async function capacityBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...words], options: { people: { type: 'string', default: '1000' } } });
  const stage = await openStage({ people: Number(values.people), seed: 'capacity' });
  const points: unknown[] = [];
  try {
    for (const point of POINTS) {
      const { holdMs, workers, concurrency, inFlight } = point;
      let nights: MeasuredNights | null = null;
      let sizes: unknown = null;
      const night = await playNight(stage, {
        backend: stage.redis === null ? 'postgres' : 'redis',
        workers,
        holdMs,
        settings: {
          PNBSF_CONCURRENCY: String(concurrency),
          PNBSF_POOL: String(Math.max(20, concurrency)),
          PNBSF_IN_FLIGHT_CNI: String(inFlight),
          PNBSF_IN_FLIGHT_ETAT_CIVIL: String(inFlight),
          PNBSF_IN_FLIGHT_SIGICMU: String(inFlight),
        },
        atEnd: async (database) => {
          nights = await measuredNights(database.db, CAMPAIGN);
          sizes = await bytesOf(database);
        },
      });
      points.push({ ...point, night, nights, sizes });
      process.stderr.write(`${JSON.stringify(point)}: ${(night.people / night.seconds).toFixed(1)} people/s\n`);
    }
    return JSON.stringify({ bench: 'capacity', people: stage.people, points }, null, 1);
  } finally {
    await stage.close();
  }
}

/** Bytes of tables with their indexes after the night, the largest first. */
async function bytesOf({ db }: Database): Promise<unknown> {
  const { rows } = await sql`
    select relname as name, pg_table_size(oid)::float8 as table, pg_indexes_size(oid)::float8 as indexes
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     order by pg_total_relation_size(oid) desc limit 20`.execute(db);
  return rows;
}
