/**
 * The brake. After everybody is verified and before anybody is registered, a night's shares are compared with those of
 * earlier nights. A registry that began to answer nonsense, a rule file with a slip, a batch of the wrong columns: each
 * moves a share, and is worth a person's look before it is written into the insurer's books.
 */

/** Counted when verification ends. */
export interface NightMeasure {
  readonly people: number;
  /** People a person must look at. */
  readonly review: number;
  /** People whom a registry or the insurer notes as deceased. */
  readonly deaths: number;
  /** People of whom a partner refused the message or the registration. */
  readonly refusals: number;
}

export const BRAKE_FIGURES = ['review', 'deaths', 'refusals'] as const;
export type BrakeFigure = (typeof BRAKE_FIGURES)[number];

/** How far a night may differ from others. Shares are between 0 and 1. */
export interface BrakeRule {
  /** A smaller night is not judged: one family would move its shares by whole points. */
  readonly leastPeople: number;
  /** Earlier nights that make the band; with fewer, the first limits hold. */
  readonly nights: number;
  readonly leastNights: number;
  /** Width of the band to either side of the median, in median absolute deviations. */
  readonly spreads: number;
  /** The band is at least this wide to either side: nights that were all alike must not make the next one stop. */
  readonly leastWidth: number;
  /** Highest share of refusals among the registrations answered since the last judgement. */
  readonly registering: number;
  /** Highest shares while there is no history. */
  readonly firstLimits: Readonly<Record<BrakeFigure, number>>;
}

/** A share that left its band. */
export interface BrakeFinding {
  /** `registering`: refusals among the latest answers to registrations. */
  readonly figure: BrakeFigure | 'registering';
  readonly count: number;
  readonly share: number;
  readonly lowest: number;
  readonly highest: number;
  /** What the share is of, where that is not the people of the night. */
  readonly of?: number;
}

/** Shares that are equal may differ in their last binary digit. */
const ROUNDING = 1e-9;

/** The shares of a night that are out of their band; none for a night too small to be judged. */
export function judgeNight(
  night: NightMeasure,
  earlier: readonly NightMeasure[],
  rule: BrakeRule,
): readonly BrakeFinding[] {
  if (night.people < rule.leastPeople) return [];
  const comparable = earlier.filter(({ people }) => people >= rule.leastPeople).slice(0, rule.nights);
  return BRAKE_FIGURES.flatMap((figure) => {
    const share = night[figure] / night.people;
    const { lowest, highest } = bandOf(figure, comparable, rule);
    return share < lowest - ROUNDING || share > highest + ROUNDING
      ? [{ figure, count: night[figure], share, lowest, highest }]
      : [];
  });
}

/** Registrations that SIGICMU answered, and how many of them it refused. */
export interface RegistrationMeasure {
  readonly answered: number;
  readonly refused: number;
}

/**
 * What the latest answers to registrations say of the service; null while it is as usual, or too few have come to tell: a
 * service that begins to refuse shows in what came last, long before it shows in the whole night.
 */
export function judgeRegistrations({ answered, refused }: RegistrationMeasure, rule: BrakeRule): BrakeFinding | null {
  if (answered < rule.leastPeople) return null;
  const share = refused / answered;
  if (share <= rule.registering + ROUNDING) return null;
  return { figure: 'registering', count: refused, share, lowest: 0, highest: rule.registering, of: answered };
}

function bandOf(
  figure: BrakeFigure,
  nights: readonly NightMeasure[],
  rule: BrakeRule,
): { readonly lowest: number; readonly highest: number } {
  if (nights.length < rule.leastNights) return { lowest: 0, highest: rule.firstLimits[figure] };
  const shares = nights.map((night) => night[figure] / night.people);
  const middle = median(shares);
  const spread = median(shares.map((share) => Math.abs(share - middle)));
  const width = Math.max(rule.leastWidth, rule.spreads * spread);
  // Fewer deaths or refusals than usual harm nobody; fewer doubts than usual may mean that nobody doubts any more.
  return { lowest: figure === 'review' ? Math.max(0, middle - width) : 0, highest: Math.min(1, middle + width) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
