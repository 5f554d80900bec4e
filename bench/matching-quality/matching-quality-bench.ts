/**
 * `npm run bench -- matching-quality [--lines 20000] [--seed s1] [--write]`: how well the linkage finds the true pairs of
 * invented files. `--write` puts the tables into docs/matching.md.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { FOREIGN_TASKS, foreignTask } from '../../fixtures/linkage/foreign-task.ts';
import { ORDINARY, REGISTRY_TASKS, registryTask, STRESS } from '../../fixtures/linkage/registry-task.ts';
import type { Profile } from '../../fixtures/linkage/registry-task.ts';
import { packageRoot } from '../../src/package-root.ts';
import { recallByGroup } from './groups.ts';
import { shippedKnowledge } from './knowledge.ts';
import { qualityFigures } from './measure.ts';
import { figuresTable, groupsTable } from './report.ts';
import type { NamedFigures } from './report.ts';
import { runTask } from './run-task.ts';
import type { TaskKnowledge } from './run-task.ts';

const [START, END] = ['<!-- quality report -->', '<!-- end of quality report -->'];
/** What a file may lack. */
const SUBSETS: readonly (readonly [name: string, without: readonly string[]])[] = [
  ['without number and telephone', ['national_id', 'phone']],
  ['without parents', ['father_given', 'mother_given', 'mother_family']],
  ['without place of birth', ['place_of_birth']],
  [
    'names, date and sex only',
    [
      'national_id',
      'phone',
      'father_given',
      'mother_given',
      'mother_family',
      'place_of_birth',
      'commune',
      'region',
      'household_id',
    ],
  ],
];

/** Runs the bench with the words of its command line; resolves to the report. */
export async function matchingQualityBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      lines: { type: 'string', default: '20000' },
      seed: { type: 'string', default: 's1' },
      write: { type: 'boolean', default: false },
    },
  });
  const lines = Number(values.lines);
  if (!Number.isInteger(lines) || lines < 500 || lines > 200_000)
    throw new RangeError('--lines: a whole number from 500 to 200 000');
  const report = qualityReport(lines, values.seed, await shippedKnowledge());
  if (values.write) await writeReport(report);
  return report;
}

function qualityReport(lines: number, seed: string, known: TaskKnowledge): string {
  const few = Math.min(lines, 8000);
  const groups = registryTask('rnu-civil', { lines, seed, errors: 1, profile: ORDINARY });
  return [
    `Written by \`npm run bench -- matching-quality --lines ${lines} --seed ${seed} --write\`.`,
    `Ordinary society and clerks, ${lines} lines:`,
    figuresTable([1, 1.6].flatMap((errors) => registryRuns(lines, seed, errors, ORDINARY, known))),
    `Another society and worse clerks (\`STRESS\`), ${few} lines:`,
    figuresTable(registryRuns(few, seed, 1, STRESS, known)),
    `Files that lack columns, ${few} lines:`,
    figuresTable(subsetRuns(few, seed, known)),
    'Files of other kinds (structure and errors of public linkage sets, invented rows), 5000 records:',
    figuresTable(
      FOREIGN_TASKS.map((name) => {
        const figures = qualityFigures(runTask(foreignTask(name, { records: 5000, seed }), known));
        return { name, figures };
      }),
    ),
    'Recall by group, RNU and civil registry:',
    groupsTable(recallByGroup(groups, runTask(groups, known).pairs)),
  ].join('\n\n');
}

function registryRuns(
  lines: number,
  seed: string,
  errors: number,
  profile: Profile,
  known: TaskKnowledge,
): readonly NamedFigures[] {
  return REGISTRY_TASKS.map((task) => ({
    name: errors === 1 ? task : `${task}, ${errors} × errors`,
    figures: qualityFigures(runTask(registryTask(task, { lines, seed, errors, profile }), known)),
  }));
}

function subsetRuns(lines: number, seed: string, known: TaskKnowledge): readonly NamedFigures[] {
  return (['rnu-civil', 'batch'] as const).flatMap((name) => {
    const task = registryTask(name, { lines, seed, errors: 1, profile: ORDINARY });
    return SUBSETS.map(([subset, without]) => {
      const columns = task.columns.filter((column) => !without.includes(column));
      return { name: `${name}, ${subset}`, figures: qualityFigures(runTask(task, known, columns)) };
    });
  });
}

async function writeReport(report: string): Promise<void> {
  const path = join(packageRoot(), 'docs', 'matching.md');
  const page = await readFile(path, 'utf8');
  const [before, rest] = page.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path}: no place marked for the quality report`);
  await writeFile(path, `${before}${START}\n\n${report}\n\n${END}${after}`);
}
