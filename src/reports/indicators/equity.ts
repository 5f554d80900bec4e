import { frenchDecimal, frenchInteger } from '../../domain/french/numbers.ts';
import { BREAKDOWNS, UNKNOWN, UNKNOWN_PLACE, type Breakdown, type PeopleGroup } from './people-groups.ts';

/** Between whom doubts and waiting are compared. */
const COMPARED = ['sex', 'age-band', 'region', 'birth-record'] as const satisfies readonly Breakdown[];

/** One side of a comparison: a part of a whole, or days of so many people. */
export interface EquityCell {
  readonly value: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** The widest gap between two groups, for one measure and one breakdown. */
export interface EquityGap {
  readonly measure: 'review-rate' | 'waiting-days';
  readonly by: (typeof COMPARED)[number];
  readonly highest: EquityCell;
  readonly lowest: EquityCell;
  /** Points of percentage for the rate of doubts, days for waiting. */
  readonly gap: number;
  /** The gap in plain words. */
  readonly sentence: string;
}

/**
 * Compares how often people are doubted and how long they wait, between groups of at least `smallestCell` people: the
 * rate of a handful says nothing. Left out are people of whom the value is not known (a place that nobody recognises is
 * itself a doubt), and a breakdown with fewer than two groups.
 */
export function equityGaps(groups: readonly PeopleGroup[], smallestCell: number): readonly EquityGap[] {
  return COMPARED.flatMap((by) => {
    const ofBreakdown = groups.filter((group) => group.by === by && ![UNKNOWN, UNKNOWN_PLACE].includes(group.value));
    return [
      ...widest('review-rate', by, ofBreakdown, smallestCell, ({ toReview, people }) => [toReview, people]),
      ...widest('waiting-days', by, ofBreakdown, smallestCell, ({ daysWaited, waiting }) => [daysWaited, waiting]),
    ];
  });
}

function widest(
  measure: EquityGap['measure'],
  by: EquityGap['by'],
  groups: readonly PeopleGroup[],
  smallestCell: number,
  parts: (group: PeopleGroup) => readonly [number, number],
): readonly EquityGap[] {
  const cells = groups
    .map((group) => ({ value: group.value, numerator: parts(group)[0], denominator: parts(group)[1] }))
    .filter(({ denominator }) => denominator >= Math.max(1, smallestCell))
    .sort((a, b) => level(measure, b) - level(measure, a));
  const [highest, lowest] = [cells[0], cells.at(-1)];
  // A first night in which nobody has waited yet has nothing to compare.
  if (!highest || !lowest || cells.length < 2 || level(measure, highest) < 0.05) return [];
  const gap = level(measure, highest) - level(measure, lowest);
  return [{ measure, by, highest, lowest, gap, sentence: sentence(measure, by, highest, lowest, gap) }];
}

/** The rate of a cell in percent, or its mean in days. */
export function level(measure: EquityGap['measure'], { numerator, denominator }: EquityCell): number {
  return (measure === 'review-rate' ? 100 : 1) * (numerator / denominator);
}

function sentence(
  measure: EquityGap['measure'],
  by: EquityGap['by'],
  highest: EquityCell,
  lowest: EquityCell,
  gap: number,
): string {
  const subject = `${BREAKDOWNS[by]} : `;
  if (measure === 'review-rate') {
    const rate = (cell: EquityCell): string =>
      `${frenchDecimal(level(measure, cell))} % (${frenchInteger(cell.numerator)} sur ${frenchInteger(cell.denominator)})`;
    return gap < 0.05
      ? `${subject}les personnes sont à vérifier dans la même proportion, ${rate(highest)}.`
      : `${subject}le taux de personnes à vérifier va de ${rate(lowest)} pour « ${lowest.value} » à ${rate(highest)} pour « ${highest.value} », soit ${frenchDecimal(gap)} ${gap < 2 ? 'point' : 'points'} d’écart.`;
  }
  const mean = (cell: EquityCell): string =>
    `${frenchDecimal(level(measure, cell))} ${level(measure, cell) < 2 ? 'jour' : 'jours'} (${frenchInteger(cell.denominator)} personnes)`;
  return gap < 0.05
    ? `${subject}l’attente moyenne est la même, ${mean(highest)}.`
    : `${subject}l’attente moyenne va de ${mean(lowest)} pour « ${lowest.value} » à ${mean(highest)} pour « ${highest.value} », soit ${frenchDecimal(gap)} ${gap < 2 ? 'jour' : 'jours'} d’écart.`;
}
