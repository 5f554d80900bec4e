import { describe, expect, it } from '@jest/globals';
import { OpeningClock, parseDayRanges } from '../../../src/exchange/flow/opening-hours.ts';

const HOUR = 3_600_000;

function waitAt(hours: string, instant: string, timeZone = 'Africa/Dakar'): number {
  return new OpeningClock({ ranges: parseDayRanges(hours)!, timeZone }).waitMs(new Date(instant));
}

describe('opening hours', () => {
  it.each([
    ['20:00-06:00', '2026-11-21T20:00:00.000Z', 0],
    ['20:00-06:00', '2026-11-21T23:59:59.999Z', 0],
    ['20:00-06:00', '2026-11-22T05:59:59.999Z', 0],
    ['20:00-06:00', '2026-11-22T06:00:00.000Z', 14 * HOUR],
    ['20:00-06:00', '2026-11-21T19:59:59.500Z', 500],
    ['08:00-12:00,14:00-18:00', '2026-11-21T11:59:00.000Z', 0],
    ['08:00-12:00,14:00-18:00', '2026-11-21T12:30:00.000Z', 1.5 * HOUR],
    ['08:00-12:00,14:00-18:00', '2026-11-21T18:00:00.000Z', 14 * HOUR],
    ['08:00-24:00', '2026-11-21T23:59:00.000Z', 0],
    ['08:00-24:00', '2026-11-22T00:00:00.000Z', 8 * HOUR],
    ['00:00-24:00', '2026-11-22T00:00:00.000Z', 0],
  ])('%s at %s: %d ms', (hours, instant, expected) => {
    expect(waitAt(hours, instant)).toBe(expected);
  });

  it('are the wall time of their zone', () => {
    expect(waitAt('20:00-06:00', '2026-11-21T19:30:00.000Z', 'Europe/Paris')).toBe(0);
    expect(waitAt('20:00-06:00', '2026-11-21T18:30:00.000Z', 'Europe/Paris')).toBe(HOUR / 2);
    expect(waitAt('20:00-06:00', '2026-11-21T14:29:00.000Z', 'Asia/Kolkata')).toBe(60_000);
  });

  it('are looked up again in every minute', () => {
    const clock = new OpeningClock({ ranges: parseDayRanges('20:00-06:00')!, timeZone: 'Africa/Dakar' });
    const at = (time: string): number => clock.waitMs(new Date(`2026-11-21T${time}Z`));
    expect([at('19:59:10.000'), at('19:59:40.000'), at('20:00:00.000'), at('19:58:00.000')]).toEqual([
      50_000, 20_000, 0, 120_000,
    ]);
  });

  it.each(['', '20:00', '20-06', '24:00-06:00', '20:00-25:00', '20:60-21:00', '06:00-06:00', '20:00-06:00,', 'nuit'])(
    'cannot be read: “%s”',
    (text) => {
      expect(parseDayRanges(text)).toBeNull();
    },
  );

  it('may have spaces around each part', () => {
    expect(parseDayRanges(' 20:00-06:00 , 12:30-14:00 ')).toEqual([
      { from: 1_200, to: 360 },
      { from: 750, to: 840 },
    ]);
  });
});
