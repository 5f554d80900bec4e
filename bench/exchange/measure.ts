import type { Subject } from './subjects.ts';

/** What one measurement found. */
export interface Measurement {
  readonly callsPerSecond: number;
  /** User and system time of this process, microseconds. */
  readonly cpuPerCallUs: number;
}

/** Makes so many calls, so many at once, and tells what they cost. Garbage of earlier subjects is cleared before. */
export async function measure(subject: Subject, calls: number, inFlight: number): Promise<Measurement> {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await makeCalls(subject, calls, inFlight);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { callsPerSecond: calls / seconds, cpuPerCallUs: (user + system) / calls };
}

/** Calls without measuring: connections are made and code is compiled. */
export async function makeCalls(subject: Subject, calls: number, inFlight: number): Promise<void> {
  let left = calls;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await subject.call();
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
