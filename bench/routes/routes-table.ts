import type { RoutesResult } from './routes-result.ts';

/** The result as Markdown tables. */
export function routesTable({ people, seeds, routes, outcomes, reasons, wronglyConfirmed }: RoutesResult): string {
  const rows = [...routes].sort(([a], [b]) => a.localeCompare(b));
  return [
    `${people} people for each of the seeds ${seeds.join(', ')}`,
    '',
    '| route | records | the person’s | rule alone: same | of them wrong | rule and score: certain | of them wrong | Brier |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(([route, figures]) => {
      const { records, own, ruleSame, ruleWrong, certain, wrong, squaredError } = figures;
      const brier = (squaredError / records).toFixed(4);
      return `| \`${route}\` | ${[records, own, ruleSame, ruleWrong, certain, wrong, brier].join(' | ')} |`;
    }),
    '',
    `Outcomes: ${listed(outcomes)}; confirmed by somebody else’s record: ${wronglyConfirmed}`,
    `Reasons: ${listed(reasons)}`,
  ].join('\n');
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');
}
