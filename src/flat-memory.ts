import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the memory of a worker flat. Left to itself the engine lets a heap of 60 MB grow to several times that before it
 * collects, and a night of 8,000 people ended at 296 MiB resident; collecting when a third has been added it ends at 210,
 * at the same pace (docs/performance.md). No ceiling is set: whoever writes a report of the country needs more for a while.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
