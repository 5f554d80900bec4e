import { parseArgs } from 'node:util';

/** Parts of the procedure that can be taken out, to see that the checker notices. */
export const SABOTAGES = ['settle-window', 'fence', 'intent'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

const BACKENDS = ['redis', 'postgres'] as const;
export type Backend = (typeof BACKENDS)[number];

export interface ChaosOptions {
  readonly people: number;
  readonly workers: number;
  readonly seed: string;
  /** Null: Redis where `redis-server` can be started, otherwise PostgreSQL. */
  readonly backend: Backend | null;
  readonly sabotage: Sabotage | null;
  /** Every time of production is divided by this. */
  readonly timeDivisor: number;
  readonly json: boolean;
  /** Null: a temporary folder, removed after a clean run. */
  readonly directory: string | null;
}

export const USAGE = `Usage: npm run chaos -- [options]
  --people N         people of the invented batch (default 3000)
  --workers N        worker processes (default 3)
  --seed S           population, faults and disturbances (default teranga)
  --backend NAME     redis or postgres (default: redis where redis-server is installed)
  --sabotage NAME    ${SABOTAGES.join(', ')}: takes that part of the procedure out; must end with 1
  --time-factor 1/N  all times of production times this (default 1/60)
  --json             the result as JSON before the last line
  --dir DIR          keep database, logs, ledger and report there
Exit status: 0 clean, 1 the checker found something, 2 wrong usage.`;

/** The command was called wrongly. */
export class WrongUsage extends Error {
  readonly code = 'CHAOS_USAGE';
}

const MOST_PEOPLE = 1_000_000;
const MOST_WORKERS = 16;
const SMALLEST_DIVISOR = 1;
const LARGEST_DIVISOR = 200;

/** Reads the words of the command line. Throws {@link WrongUsage}. */
export function readOptions(words: readonly string[]): ChaosOptions {
  const values = parse(words);
  return {
    people: whole('people', values.people, 50, MOST_PEOPLE),
    workers: whole('workers', values.workers, 2, MOST_WORKERS),
    seed: values.seed,
    backend: values.backend === undefined ? null : oneOf('backend', values.backend, BACKENDS),
    sabotage: values.sabotage === undefined ? null : oneOf('sabotage', values.sabotage, SABOTAGES),
    timeDivisor: divisor(values['time-factor']),
    json: values.json,
    directory: values.dir ?? null,
  };
}

interface Words {
  readonly people: string;
  readonly workers: string;
  readonly seed: string;
  readonly backend?: string | undefined;
  readonly sabotage?: string | undefined;
  readonly 'time-factor': string;
  readonly json: boolean;
  readonly dir?: string | undefined;
}

function parse(words: readonly string[]): Words {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        people: { type: 'string', default: '3000' },
        workers: { type: 'string', default: '3' },
        seed: { type: 'string', default: 'teranga' },
        backend: { type: 'string' },
        sabotage: { type: 'string' },
        'time-factor': { type: 'string', default: '1/60' },
        json: { type: 'boolean', default: false },
        dir: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new WrongUsage(`--${name}: a whole number from ${least} to ${most}`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const known = allowed.find((one) => one === text);
  if (known === undefined) throw new WrongUsage(`--${name}: one of ${allowed.join(', ')}`);
  return known;
}

function divisor(text: string): number {
  const value = Number(/^1\/(\d{1,3})$/.exec(text)?.[1]);
  if (value >= SMALLEST_DIVISOR && value <= LARGEST_DIVISOR) return value;
  throw new WrongUsage(`--time-factor: from 1/${SMALLEST_DIVISOR} to 1/${LARGEST_DIVISOR}`);
}
