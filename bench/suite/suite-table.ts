import type { Spread } from '../spread.ts';
import { FIGURES, type BenchResult, type FigureName } from './figures.ts';

const NAMES = Object.keys(FIGURES) as readonly FigureName[];

/** The result as a Markdown table, figures that were not measured left out. */
export function suiteTable(result: BenchResult): string {
  const rows = NAMES.flatMap((name) => {
    const lying = result.spreads[name];
    return lying === undefined ? [] : [row(name, lying)];
  });
  const rss = Object.entries(result.workerRssMiBByPeople).map(
    ([people, miB]) => `${shown(Number(people), 0)} people ${shown(miB, 0)} MiB`,
  );
  return [
    `${result.machine}; ${result.mode}, ${result.repeats} repeats, queues in ${result.backend}; ${result.startedAt.slice(0, 10)}, ${shown(result.tookSeconds, 0)} s`,
    ...result.notes.map((note) => `\n**${note}**`),
    '',
    '| figure | min | median | max | floor | what |',
    '|---|---:|---:|---:|---|---|',
    ...rows,
    ...(rss.length === 0 ? [] : ['', `Resident memory of a worker by size of the night: ${rss.join(', ')}.`]),
  ].join('\n');
}

function row(name: FigureName, { min, median, max }: Spread): string {
  const [unit, decimals, floor, what] = FIGURES[name];
  const values = [min, median, max].map((value) => shown(value, decimals)).join(' | ');
  return `| \`${name}\` | ${values} | ${floor ?? ''} | ${what} (${unit}) |`;
}

function shown(value: number, decimals: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
