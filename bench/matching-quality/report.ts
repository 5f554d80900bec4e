import type { GroupRecall } from './groups.ts';
import type { QualityFigures } from './measure.ts';

/** Figures of one run, under its name. */
export interface NamedFigures {
  readonly name: string;
  readonly figures: QualityFigures;
}

const COLUMNS: readonly (readonly [title: string, value: (figures: QualityFigures) => string])[] = [
  ['true pairs', ({ truePairs }) => String(truePairs)],
  ['precision', ({ precision }) => share(precision)],
  ['recall', ({ recall }) => share(recall)],
  ['F1', ({ f1 }) => share(f1)],
  [
    'auto precision (upper)',
    ({ autoPrecision, autoPrecisionUpper }) => `${share(autoPrecision)} (${share(autoPrecisionUpper)})`,
  ],
  ['auto recall', ({ autoRecall }) => share(autoRecall)],
  ['review share', ({ reviewShare }) => share(reviewShare)],
  ['auto or review', ({ covered }) => share(covered)],
  ['ECE', ({ calibrationError }) => share(calibrationError)],
];

/** Figures as a Markdown table. */
export function figuresTable(runs: readonly NamedFigures[]): string {
  const header = ['task', ...COLUMNS.map(([title]) => title)];
  return markdown(
    header,
    runs.map(({ name, figures }) => [name, ...COLUMNS.map(([, value]) => value(figures))]),
  );
}

/** Recall by group as a Markdown table. */
export function groupsTable(groups: readonly GroupRecall[]): string {
  return markdown(
    ['by', 'group', 'true pairs', 'recall', 'recall, full dates and places'],
    groups.map(({ by, group, pairs, recall, recallAtEqualData }) => [
      by,
      group,
      String(pairs),
      share(recall),
      Number.isNaN(recallAtEqualData) ? '–' : share(recallAtEqualData),
    ]),
  );
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function share(value: number): string {
  return value.toFixed(4);
}
