import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import type { BenchResult } from './figures.ts';
import { suitePlot } from './suite-plot.ts';
import { suiteTable } from './suite-table.ts';

const BEGIN = '<!-- npm run bench -- --write: begin -->';
const END = '<!-- npm run bench -- --write: end -->';

/** Puts table and plot of a result into docs/performance.md and docs/performance.svg. */
export async function writePerformancePage(result: BenchResult): Promise<void> {
  const page = join(packageRoot(), 'docs', 'performance.md');
  await writeFile(page, withResult(await readFile(page, 'utf8'), result));
  await writeFile(join(packageRoot(), 'docs', 'performance.svg'), suitePlot(result));
}

/** The page with what stands between its markers replaced. Throws when it has none. */
export function withResult(page: string, result: BenchResult): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('docs/performance.md has lost its markers');
  const block = `${suiteTable(result)}\n\n![The same as bars](performance.svg)\n`;
  return `${page.slice(0, from)}${BEGIN}\n\n${block}\n${page.slice(to)}`;
}
