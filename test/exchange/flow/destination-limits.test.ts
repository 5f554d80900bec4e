import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config.ts';
import { destinationLimits } from '../../../src/destination-limits.ts';

describe('the limits of the partners', () => {
  it('are those of the settings', () => {
    const limits = destinationLimits(
      readConfig({
        PNBSF_IN_FLIGHT_ETAT_CIVIL: '7',
        PNBSF_RATE_ETAT_CIVIL: '12',
        PNBSF_HOURS_ETAT_CIVIL: '20:00-06:00, 12:30-14:00',
        PNBSF_FIRST_PAUSE_MS: '1000',
        PNBSF_RETRY_PERCENT: '5',
      }),
    );
    expect(limits['etat-civil']).toEqual({
      maxInFlight: 7,
      perSecond: 12,
      hours: {
        ranges: [
          { from: 1_200, to: 360 },
          { from: 750, to: 840 },
        ],
        timeZone: 'Africa/Dakar',
      },
      adaptive: { slowFactor: 3, negligibleMs: 1_000 },
      retryBudget: { share: 0.05, windowMs: 1_000, floor: 1 },
      breaker: { failures: 10, routeFailures: 3, openMs: 1_000, longestOpenMs: 300_000 },
      longestRetryAfterMs: 3_600_000,
    });
  });

  it('have neither rate nor hours unless told', () => {
    const { sigicmu } = destinationLimits(readConfig({}));
    expect(sigicmu).not.toHaveProperty('perSecond');
    expect(sigicmu).not.toHaveProperty('hours');
  });

  it('cannot be read: all faults at once, each with its key', () => {
    const read = (): unknown =>
      readConfig({ PNBSF_HOURS_CNI: 'la nuit', PNBSF_RATE_RNU: '-1', PNBSF_BREAKER_FAILURES: '0' });
    expect(read).toThrow(/PNBSF_RATE_RNU[^]*PNBSF_HOURS_CNI[^]*PNBSF_BREAKER_FAILURES/);
  });
});
