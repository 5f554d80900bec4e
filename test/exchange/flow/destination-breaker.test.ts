import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DestinationBreaker } from '../../../src/exchange/flow/destination-breaker.ts';
import type { Verdict } from '../../../src/exchange/flow/flow-signal.ts';
import { fakeClock } from './fake-clock.ts';

const settings = { failures: 4, routeFailures: 2, openMs: 10_000, longestOpenMs: 35_000 };

/** With a random of 1 an opening lasts its whole bound. */
function setup(random = 1) {
  const clock = fakeClock();
  const breaker = new DestinationBreaker(settings, clock, () => random);
  const end = (verdict: Verdict): boolean => breaker.report(breaker.enter(), verdict);
  return { clock, breaker, end, ends: (...verdicts: Verdict[]) => verdicts.map(end) };
}

describe('the breaker of a destination', () => {
  it('opens after a run of failures of any kind, and tells so once', () => {
    const { breaker, ends } = setup();
    expect(ends('transient', 'unknown', 'route', 'transient')).toEqual([false, false, false, true]);
    expect(breaker.refusal()).toEqual({ route: false, waitMs: 10_000 });
  });

  it('opens sooner for failures of the route', () => {
    const { breaker, ends } = setup();
    expect(ends('route', 'route')).toEqual([false, true]);
    expect(breaker.refusal()).toEqual({ route: true, waitMs: 10_000 });
  });

  it('is not opened by failures with a success between them', () => {
    const { breaker, ends } = setup();
    for (let n = 0; n < 10; n++) ends('unknown', 'unknown', 'route', 'works');
    expect(breaker.refusal()).toBeNull();
  });

  it('is neither opened nor reassured by ends that say nothing', () => {
    const { breaker, ends } = setup();
    ends('neutral', 'unknown', 'neutral', 'unknown', 'neutral', 'unknown', 'neutral');
    expect(breaker.refusal()).toBeNull();
    ends('unknown');
    expect(breaker.refusal()).not.toBeNull();
  });

  it('lets exactly one probe through when the time is up', () => {
    const { clock, breaker, ends } = setup();
    ends('route', 'route');
    clock.advance(9_999);
    expect(breaker.refusal()).toEqual({ route: true, waitMs: 1 });
    clock.advance(1);
    expect(breaker.refusal()).toBeNull();
    const probe = breaker.enter();
    expect(probe.probe).toBe(true);
    clock.advance(60_000);
    expect(breaker.refusal()).toEqual({ route: true, waitMs: 10_000 });
    breaker.report(probe, 'works');
    expect(breaker.refusal()).toBeNull();
    expect(breaker.enter().probe).toBe(false);
  });

  it('opens for twice as long after each failed probe, up to the bound, and starts over once it works', () => {
    const { clock, breaker, ends, end } = setup();
    ends('route', 'route');
    const waits = Array.from({ length: 4 }, () => {
      const waitMs = breaker.refusal()!.waitMs;
      clock.advance(waitMs);
      end('unknown');
      return waitMs;
    });
    expect(waits).toEqual([10_000, 20_000, 35_000, 35_000]);
    clock.advance(35_000);
    end('works');
    ends('route', 'route');
    expect(breaker.refusal()).toEqual({ route: true, waitMs: 10_000 });
  });

  it('hands the probe to the next call when one says nothing', () => {
    const { clock, breaker, ends, end } = setup();
    ends('route', 'route');
    clock.advance(10_000);
    end('neutral');
    expect(breaker.refusal()).toBeNull();
    expect(breaker.enter().probe).toBe(true);
  });

  it('does not hear calls that left before it opened', () => {
    const { breaker, clock, ends } = setup();
    const early = [breaker.enter(), breaker.enter()];
    ends('route', 'route');
    breaker.report(early[0]!, 'works');
    expect(breaker.refusal()).not.toBeNull();
    clock.advance(10_000);
    const probe = breaker.enter();
    breaker.report(early[1]!, 'unknown');
    expect(breaker.report(probe, 'works')).toBe(false);
    expect(breaker.refusal()).toBeNull();
  });

  it('spreads its openings over the second half of their bound', () => {
    const { breaker, ends } = setup(0);
    ends('route', 'route');
    expect(breaker.refusal()).toEqual({ route: true, waitMs: 5_000 });
  });

  it('never has two probes on their way', () => {
    const step = fc.record({
      act: fc.constantFrom('enter', 'end', 'pass'),
      verdict: fc.constantFrom<Verdict>('works', 'neutral', 'transient', 'unknown', 'route'),
      ms: fc.integer({ min: 0, max: 40_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { breaker, clock } = setup();
        const out: ReturnType<typeof breaker.enter>[] = [];
        for (const { act, verdict, ms } of steps) {
          if (act === 'pass') clock.advance(ms);
          if (act === 'enter' && breaker.refusal() === null) out.push(breaker.enter());
          const ended = act === 'end' ? out.shift() : undefined;
          if (ended !== undefined) breaker.report(ended, verdict);
          expect(out.filter(({ probe }) => probe).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
