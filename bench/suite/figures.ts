import type { Spread } from '../spread.ts';

/** A figure with how its repeats lay; the object that is printed gives the median under the figure's own name. */
export type Measured = Readonly<Record<string, Spread>>;

/**
 * What the bench prints as JSON: one number per figure, the median of its repeats, and all spreads beside them.
 * `docs/bench.schema.json` says what each means. A figure is null where its part was not asked for.
 */
export type BenchResult = BenchHead & Readonly<Record<FigureName, number | null>>;

interface BenchHead {
  readonly bench: 'suite';
  readonly mode: 'full' | 'quick';
  readonly machine: string;
  readonly startedAt: string;
  readonly tookSeconds: number;
  /** Where the queues were, but for the figures that name a backend. */
  readonly backend: 'redis' | 'postgres';
  /** What a reader must know, such as a missing redis-server. */
  readonly notes: readonly string[];
  readonly repeats: number;
  readonly people: Readonly<Record<string, number>>;
  readonly spreads: Measured;
  readonly workerRssMiBByPeople: Readonly<Record<string, number>>;
}

/** Every figure, in the order of the table: its name, unit, decimals, floor where the project has one, what it is. */
export const FIGURES = {
  peoplePerSecond: ['people/s', 0, null, 'whole night: verification, registration, reading back, closing'],
  bareLoopPeoplePerSecond: ['people/s', 0, null, 'bare loop of the same calls with undici, nothing kept'],
  obviousPeoplePerSecond: ['people/s', 0, null, 'obvious design, the same calls'],
  ratioToBareLoop: ['×', 2, '≥ 0.6', 'people/s of the night ÷ people/s of the bare loop'],
  ratioToObvious: ['×', 2, '≥ 2', 'people/s of the night ÷ people/s of the obvious design'],
  cpuRatioToObvious: ['×', 2, '≥ 3', 'processor time a person of the obvious design ÷ of the night'],
  callsPerPerson: ['calls', 2, null, 'calls to partners a person'],
  cpuMsPerPerson: ['ms', 2, null, 'processor time a person: worker, PostgreSQL and Redis'],
  workerCpuMsPerPerson: ['ms', 2, null, 'of it the worker'],
  postgresCpuMsPerPerson: ['ms', 2, null, 'of it PostgreSQL'],
  redisCpuMsPerPerson: ['ms', 2, null, 'of it Redis'],
  obviousCpuMsPerPerson: [
    'ms',
    2,
    null,
    'processor time a person of the obvious design, its PostgreSQL and Redis included',
  ],
  bareLoopCpuMsPerPerson: ['ms', 2, null, 'processor time a person of the bare loop'],
  responderCallsPerSecond: ['calls/s', 0, null, 'what the responder could answer with a processor of its own'],
  postgresBackendPeoplePerSecond: ['people/s', 0, null, 'whole night with the queues in PostgreSQL'],
  ratioPostgresBackend: ['×', 2, null, 'queues in PostgreSQL ÷ queues in Redis, people/s'],
  oneWorkerPeoplePerSecond: ['people/s', 0, null, 'one worker, partners at 100 ms, 40 calls in flight'],
  scaleTwoWorkers: ['×', 2, null, 'two workers ÷ one'],
  scaleFourWorkers: ['×', 2, '≥ 3.6', 'four workers ÷ one'],
  importLinesPerSecond: ['lines/s', 0, '≥ 75 000', 'import, match keys apart'],
  matchKeyLinesPerSecond: ['lines/s', 0, null, 'match keys of the imported people'],
  pairsPerSecond: ['pairs/s', 0, null, 'pairs compared and scored by the matcher, of one core'],
  dedupeSeconds: ['s', 1, null, 'duplicates of the whole file, processor seconds of one core'],
  workerRssMiB: ['MiB', 0, '≤ 286', 'largest resident memory of a worker, over every size'],
  redisBytesPerHousehold: ['bytes', 0, '≤ 300', 'Redis memory a waiting household'],
  redisPeakMiB: ['MiB', 1, null, 'largest memory of Redis during a night'],
} as const satisfies Readonly<
  Record<string, readonly [unit: string, decimals: number, floor: string | null, what: string]>
>;

export type FigureName = keyof typeof FIGURES;
