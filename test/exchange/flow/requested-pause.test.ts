import { describe, expect, it } from '@jest/globals';
import { RequestedPause } from '../../../src/exchange/flow/requested-pause.ts';
import { fakeClock } from './fake-clock.ts';

describe('a pause the destination asked for', () => {
  it('lasts as long as asked', () => {
    const clock = fakeClock();
    const pause = new RequestedPause(60_000, clock);
    expect(pause.waitMs()).toBe(0);
    pause.ask(5_000);
    clock.advance(4_999);
    expect(pause.waitMs()).toBe(1);
    clock.advance(1);
    expect(pause.waitMs()).toBe(0);
  });

  it('never lasts longer than the bound', () => {
    const pause = new RequestedPause(60_000, fakeClock());
    pause.ask(86_400_000);
    expect(pause.waitMs()).toBe(60_000);
  });

  it('is not shortened by an answer that asks for less', () => {
    const pause = new RequestedPause(60_000, fakeClock());
    pause.ask(30_000);
    pause.ask(1_000);
    expect(pause.waitMs()).toBe(30_000);
  });
});
