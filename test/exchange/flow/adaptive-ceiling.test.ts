import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdaptiveCeiling } from '../../../src/exchange/flow/adaptive-ceiling.ts';

const settings = { slowFactor: 3, negligibleMs: 100 };

/** Calls one after the other, each so long. */
function play(ceiling: AdaptiveCeiling): { answers(count: number, ms: number): void; overload(): void; now: number } {
  const driver = {
    now: 0,
    answers(count: number, ms: number): void {
      for (let n = 0; n < count; n++) {
        ceiling.answered({ startedAtMs: driver.now, endedAtMs: driver.now + ms });
        driver.now += ms;
      }
    },
    overload(): void {
      ceiling.overloaded({ startedAtMs: driver.now, endedAtMs: driver.now + 1 });
      driver.now += 1;
    },
  };
  return driver;
}

describe('the adaptive ceiling', () => {
  it('starts at the configured ceiling and never passes it', () => {
    const ceiling = new AdaptiveCeiling(8, settings);
    play(ceiling).answers(1_000, 10);
    expect(ceiling.current).toBe(8);
  });

  it('halves at an overload, down to one call', () => {
    const ceiling = new AdaptiveCeiling(32, settings);
    const calls = play(ceiling);
    const seen = Array.from({ length: 7 }, () => {
      calls.overload();
      return ceiling.current;
    });
    expect(seen).toEqual([16, 8, 4, 2, 1, 1, 1]);
  });

  it('rises by one after each healthy window of twenty answers', () => {
    const ceiling = new AdaptiveCeiling(32, settings);
    const calls = play(ceiling);
    for (let n = 0; n < 5; n++) calls.overload();
    calls.answers(19, 10);
    expect(ceiling.current).toBe(1);
    calls.answers(1, 10);
    expect(ceiling.current).toBe(2);
    calls.answers(60, 10);
    expect(ceiling.current).toBe(5);
  });

  it('asks for a window as long as the calls in flight', () => {
    const ceiling = new AdaptiveCeiling(64, settings);
    const calls = play(ceiling);
    calls.overload();
    calls.answers(31, 10);
    expect(ceiling.current).toBe(32);
    calls.answers(1, 10);
    expect(ceiling.current).toBe(33);
  });

  it('counts the failures of one overload once', () => {
    const ceiling = new AdaptiveCeiling(32, settings);
    for (let n = 0; n < 32; n++) ceiling.overloaded({ startedAtMs: 0, endedAtMs: 50 + n });
    expect(ceiling.current).toBe(16);
    ceiling.overloaded({ startedAtMs: 60, endedAtMs: 90 });
    expect(ceiling.current).toBe(8);
  });

  it('halves when half of the answers leave the usual behind', () => {
    const ceiling = new AdaptiveCeiling(16, settings);
    const calls = play(ceiling);
    calls.answers(20, 200);
    calls.answers(9, 200);
    calls.answers(11, 601);
    expect(ceiling.current).toBe(8);
  });

  it('does not halve for a tail of slow answers, nor for answers that are fast anyway', () => {
    const ceiling = new AdaptiveCeiling(16, settings);
    const calls = play(ceiling);
    calls.answers(20, 5);
    calls.answers(11, 5);
    calls.answers(9, 5_000);
    calls.answers(20, 99);
    expect(ceiling.current).toBe(16);
  });

  it('never holds back a service of which some answers are always slow, however they fall into windows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 400, maxLength: 400 }), (draws) => {
        const ceiling = new AdaptiveCeiling(16, settings);
        const calls = play(ceiling);
        // Never two in a row: no window has a slow half.
        draws.forEach((draw, index) => calls.answers(1, index % 2 === 0 && draw < 4 ? 1_700 : 200));
        expect(ceiling.current).toBe(16);
      }),
    );
  });

  it('accepts a service that is slow for good, and rises again', () => {
    const ceiling = new AdaptiveCeiling(64, settings);
    const calls = play(ceiling);
    calls.answers(64, 200);
    calls.answers(2_000, 1_000);
    const accepted = ceiling.current;
    calls.answers(2_000, 1_000);
    expect(ceiling.current).toBeGreaterThan(accepted);
  });

  it('stays between one and the ceiling whatever happens', () => {
    const event = fc.record({ overload: fc.boolean(), ms: fc.integer({ min: 0, max: 60_000 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(event, { maxLength: 300 }), (max, events) => {
        const ceiling = new AdaptiveCeiling(max, settings);
        const calls = play(ceiling);
        for (const { overload, ms } of events) {
          if (overload) calls.overload();
          else calls.answers(1, ms);
          expect(ceiling.current).toBeGreaterThanOrEqual(1);
          expect(ceiling.current).toBeLessThanOrEqual(max);
          expect(Number.isInteger(ceiling.current)).toBe(true);
        }
      }),
    );
  });
});
