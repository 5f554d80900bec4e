import { FIGURES, type BenchResult, type FigureName } from './figures.ts';

/** A group of bars that share a scale. */
interface Group {
  readonly title: string;
  readonly bars: readonly (readonly [label: string, figure: FigureName])[];
}

const GROUPS: readonly Group[] = [
  {
    title: 'People a second',
    bars: [
      ['bare loop', 'bareLoopPeoplePerSecond'],
      ['whole night', 'peoplePerSecond'],
      ['night, queues in PostgreSQL', 'postgresBackendPeoplePerSecond'],
      ['obvious design', 'obviousPeoplePerSecond'],
    ],
  },
  {
    title: 'Processor time a person, ms',
    bars: [
      ['whole night', 'cpuMsPerPerson'],
      ['of it the worker', 'workerCpuMsPerPerson'],
      ['of it PostgreSQL', 'postgresCpuMsPerPerson'],
      ['obvious design', 'obviousCpuMsPerPerson'],
    ],
  },
  {
    title: 'Workers, partners at 100 ms, × one worker',
    bars: [
      ['two workers', 'scaleTwoWorkers'],
      ['four workers', 'scaleFourWorkers'],
    ],
  },
];

const [WIDTH, LABEL, BAR_ROOM, LINE] = [760, 240, 420, 22];
const COLOUR = '#1f6f8b';

/** The result as an SVG of bars; a whisker shows smallest and largest. Groups that were not measured are left out. */
export function suitePlot(result: BenchResult): string {
  let y = 10;
  const parts: string[] = [];
  for (const group of GROUPS) {
    const bars = group.bars.filter(([, figure]) => result[figure] !== null);
    if (bars.length === 0) continue;
    const largest = Math.max(...bars.map(([, figure]) => result.spreads[figure]?.max ?? 0));
    parts.push(text(10, (y += LINE), group.title, 'font-weight="bold"'));
    for (const [label, figure] of bars) parts.push(bar(result, (y += LINE), label, figure, largest));
    y += LINE / 2;
  }
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" font-family="sans-serif" font-size="13">`;
  return [head, '<rect width="100%" height="100%" fill="#ffffff"/>', ...parts, '</svg>', ''].join('\n');
}

function bar(result: BenchResult, y: number, label: string, figure: FigureName, largest: number): string {
  const { min = 0, median = 0, max = 0 } = result.spreads[figure] ?? {};
  const at = (value: number): number => Math.round((LABEL + (value / largest) * BAR_ROOM) * 10) / 10;
  const decimals = FIGURES[figure][1];
  const value = median.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return [
    text(20, y, label),
    `<rect x="${LABEL}" y="${y - 12}" width="${Math.round((at(median) - LABEL) * 10) / 10}" height="14" fill="${COLOUR}"/>`,
    `<path d="M${at(min)} ${y - 5}H${at(max)}" stroke="#c0392b" stroke-width="2"/>`,
    text(at(Math.max(max, median)) + 6, y, value),
  ].join('');
}

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${x}" y="${y}"${more === '' ? '' : ` ${more}`}>${words}</text>`;
}
