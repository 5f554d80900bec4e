import { describe, expect, it } from '@jest/globals';
import { RetryBudget } from '../../../src/exchange/flow/retry-budget.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

const settings = { share: 0.1, windowMs: 60_000, floor: 1 };

/** Tries to send so many; tells how many left. */
function send(budget: RetryBudget, attempt: number, count: number): number {
  let left = 0;
  for (let n = 0; n < count; n++) {
    if (budget.waitMs(attempt) > 0) continue;
    budget.count(attempt);
    left++;
  }
  return left;
}

function budgetAt(clock: FakeClock, more: Partial<typeof settings> = {}): RetryBudget {
  return new RetryBudget({ ...settings, ...more }, clock);
}

describe('the retry budget', () => {
  it('never holds a first attempt', () => {
    expect(send(budgetAt(fakeClock()), 1, 10_000)).toBe(10_000);
  });

  it('lets a tenth of the first attempts through as retries', () => {
    const budget = budgetAt(fakeClock(), { floor: 0 });
    send(budget, 1, 1_000);
    expect([send(budget, 2, 60), send(budget, 7, 60)]).toEqual([60, 40]);
  });

  it('always lets a trickle through', () => {
    const clock = fakeClock();
    const budget = budgetAt(clock);
    const left = Array.from({ length: 90 }, () => {
      const now = send(budget, 2, 5);
      clock.advance(1_000);
      return now;
    });
    expect(left).toEqual(Array.from({ length: 90 }, () => 1));
  });

  it('tells when another look is worth it', () => {
    const clock = fakeClock();
    const budget = budgetAt(clock);
    clock.advance(300);
    send(budget, 2, 1);
    expect(budget.waitMs(2)).toBe(700);
    clock.advance(700);
    expect(budget.waitMs(2)).toBe(0);
  });

  it('forgets what is older than a minute', () => {
    const clock = fakeClock();
    const budget = budgetAt(clock, { floor: 0 });
    send(budget, 1, 100);
    clock.advance(59_999);
    expect(send(budget, 2, 20)).toBe(10);
    clock.advance(1);
    expect(send(budget, 2, 20)).toBe(0);
    send(budget, 1, 200);
    expect(send(budget, 2, 20)).toBe(10);
    clock.advance(59_000);
    send(budget, 1, 100);
    expect(send(budget, 2, 30)).toBe(20);
  });

  it('holds in every minute of a night of failures', () => {
    const clock = fakeClock();
    const budget = budgetAt(clock);
    const sent: { at: number; retry: boolean }[] = [];
    for (let second = 0; second < 200; second++) {
      const firsts = send(budget, 1, second % 7);
      const retries = send(budget, 2, 50);
      for (let n = 0; n < firsts; n++) sent.push({ at: second, retry: false });
      for (let n = 0; n < retries; n++) sent.push({ at: second, retry: true });
      clock.advance(1_000);
    }
    for (let end = 60; end <= 200; end++) {
      const minute = sent.filter(({ at }) => at >= end - 60 && at < end);
      const retries = minute.filter(({ retry }) => retry).length;
      expect(retries).toBeLessThanOrEqual(0.1 * (minute.length - retries) + 60);
    }
  });

  it('is whole again after a pause longer than its window', () => {
    const clock = fakeClock();
    const budget = budgetAt(clock, { floor: 0 });
    send(budget, 1, 1_000);
    clock.advance(3_600_000);
    expect(send(budget, 2, 10)).toBe(0);
  });
});
