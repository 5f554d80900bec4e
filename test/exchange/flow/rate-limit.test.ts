import { describe, expect, it } from '@jest/globals';
import { RateLimit } from '../../../src/exchange/flow/rate-limit.ts';
import { fakeClock } from './fake-clock.ts';

describe('the rate of a destination', () => {
  it('spaces calls evenly', () => {
    const rate = new RateLimit(5, fakeClock());
    expect([1, 2, 3, 4].map(() => rate.reserve())).toEqual([0, 200, 400, 600]);
  });

  it('saves nothing up in a quiet time', () => {
    const clock = fakeClock();
    const rate = new RateLimit(10, clock);
    rate.reserve();
    clock.advance(60_000);
    expect([1, 2, 3].map(() => rate.reserve())).toEqual([0, 100, 200]);
  });

  it('lets so many through in a second, whenever they come', () => {
    const clock = fakeClock();
    const rate = new RateLimit(4, clock);
    const leaving: number[] = [];
    for (let n = 0; n < 40; n++) {
      leaving.push(clock.monotonicMs() + rate.reserve());
      clock.advance(n % 3 === 0 ? 130 : 7);
    }
    for (const start of leaving) {
      expect(leaving.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(4);
    }
  });
});
