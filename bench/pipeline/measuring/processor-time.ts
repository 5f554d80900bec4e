import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, on every architecture Node runs on. */
const MS_PER_TICK = 10;

interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended. */
  readonly reaped: number;
}

/** User and system time of a process so far, ms; NaN where the system does not tell. */
export function processorMs(pid: number): number {
  return (timesOf(pid)?.own ?? Number.NaN) * MS_PER_TICK;
}

/** The same of a process and its children, those that ended included: PostgreSQL is a process a connection. */
export function familyProcessorMs(pid: number): number {
  const head = timesOf(pid);
  if (head === null) return Number.NaN;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter((times) => times?.parent === pid);
  const ticks = head.own + head.reaped + living.reduce((sum, times) => sum + (times?.own ?? 0), 0);
  return ticks * MS_PER_TICK;
}

/** Largest resident memory of a process so far, MiB; NaN where the system does not tell. */
export function peakMiB(pid: number): number {
  const kib = /VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kib === undefined ? Number.NaN : Number(kib) / 1_024;
}

function timesOf(pid: number): ProcessTimes | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name may contain anything; what follows its closing bracket is numbers, the state first.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = [1, 11, 12, 13, 14].map(
    (at) => fields[at],
  );
  return { parent, own: user + system, reaped: reapedUser + reapedSystem };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // ended meanwhile, or not Linux
  }
}
