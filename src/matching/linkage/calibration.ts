/** Correction of scores: `slope × bits + intercept`, learned from decisions of reviewers. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** A score as the model gave it, and what a reviewer found. */
export interface ReviewedScore {
  readonly bits: number;
  readonly isSame: boolean;
}

export const UNCALIBRATED: Calibration = { slope: 1, intercept: 0 };

/** Decisions that "no correction" weighs as much as: a handful of reviews must not move every score. */
const CAUTION = 20;
const ROUNDS = 30;
const SMALLEST_SLOPE = 0.1;

/**
 * Fits the correction to reviewers' decisions, by logistic regression held near "no correction". The result is a policy
 * change like any other: to be measured on a replay and put in force by a person, never applied by itself.
 */
export function fitCalibration(reviewed: readonly ReviewedScore[]): Calibration {
  let { slope, intercept } = UNCALIBRATED;
  for (let round = 0; round < ROUNDS; round++) {
    let [gradientSlope, gradientIntercept] = [CAUTION * (1 - slope), -CAUTION * intercept];
    let [curveSlope, curveBoth, curveIntercept] = [CAUTION, 0, CAUTION];
    for (const { bits, isSame } of reviewed) {
      const expected = 1 / (1 + 2 ** -(slope * bits + intercept));
      const error = (isSame ? 1 : 0) - expected;
      const curve = expected * (1 - expected);
      gradientSlope += error * bits;
      gradientIntercept += error;
      curveSlope += curve * bits * bits;
      curveBoth += curve * bits;
      curveIntercept += curve;
    }
    const determinant = curveSlope * curveIntercept - curveBoth ** 2;
    slope += (gradientSlope * curveIntercept - gradientIntercept * curveBoth) / determinant;
    intercept += (gradientIntercept * curveSlope - gradientSlope * curveBoth) / determinant;
    slope = Math.max(SMALLEST_SLOPE, slope);
  }
  return { slope, intercept };
}
