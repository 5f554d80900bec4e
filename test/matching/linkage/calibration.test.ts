import { describe, expect, it } from '@jest/globals';

import { fitCalibration } from '../../../src/matching/linkage/calibration.ts';
import type { ReviewedScore } from '../../../src/matching/linkage/calibration.ts';
import { RandomStream } from '../../../fixtures/population/random/random-stream.ts';

/** Reviews of scores that are wrong in a known way. */
function reviews(count: number, truth: (bits: number) => number): ReviewedScore[] {
  const dice = new RandomStream('reviews');
  return Array.from({ length: count }, () => {
    const bits = dice.next() * 20 - 10;
    return { bits, isSame: dice.chance(1 / (1 + 2 ** -truth(bits))) };
  });
}

describe('fitCalibration', () => {
  it('finds how the scores are wrong', () => {
    const { slope, intercept } = fitCalibration(reviews(20_000, (bits) => 0.6 * bits - 2));
    expect(slope).toBeCloseTo(0.6, 1);
    expect(intercept).toBeCloseTo(-2, 0);
  });

  it('leaves good scores alone', () => {
    const { slope, intercept } = fitCalibration(reviews(20_000, (bits) => bits));
    expect(slope).toBeCloseTo(1, 1);
    expect(Math.abs(intercept)).toBeLessThan(0.15);
  });

  it('changes nothing without reviews, and little after a few', () => {
    expect(fitCalibration([])).toEqual({ slope: 1, intercept: 0 });
    const { slope, intercept } = fitCalibration([
      { bits: 3, isSame: false },
      { bits: 4, isSame: false },
    ]);
    expect(slope).toBeGreaterThan(0.6);
    expect(Math.abs(intercept)).toBeLessThan(0.2);
  });

  it('never turns the order of scores round', () => {
    expect(fitCalibration(reviews(2_000, (bits) => -bits)).slope).toBeGreaterThan(0);
  });
});
