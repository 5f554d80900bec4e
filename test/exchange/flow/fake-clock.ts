import type { Clock } from '../../../src/domain/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function fakeClock(startsAt = '2026-11-21T12:00:00.000Z'): FakeClock {
  const wall = Date.parse(startsAt);
  let passed = 0;
  return {
    now: () => new Date(wall + passed),
    monotonicMs: () => passed,
    advance: (ms) => {
      passed += ms;
    },
  };
}
