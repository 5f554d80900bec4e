import type { LabelledTask } from '../../fixtures/linkage/registry-task.ts';
import { findDuplicates, linkTables } from '../../src/matching/linkage/link-tables.ts';
import type { LinkageKnowledge } from '../../src/matching/linkage/link-tables.ts';
import { readLinkageTable } from '../../src/matching/linkage/linkage-table.ts';
import type { LinkageTable } from '../../src/matching/linkage/linkage-table.ts';
import { createValuePools } from '../../src/matching/linkage/value-pools.ts';
import type { LabelledPairs } from './measure.ts';

/** What a linkage works with, pools apart: they are one job's. */
export interface TaskKnowledge extends Omit<LinkageKnowledge, 'pools'> {
  readonly placeholderDays: readonly string[];
}

/** Links a labelled task, on all of its columns or on those named. */
export function runTask(
  task: Pick<LabelledTask, 'columns' | 'left' | 'right' | 'truth'>,
  known: TaskKnowledge,
  columns: readonly string[] = task.columns,
): LabelledPairs {
  const pools = createValuePools(known.lexicon, known.placeholderDays);
  const table = (records: LabelledTask['left']): LinkageTable =>
    readLinkageTable(
      columns,
      records.map((record) => columns.map((column) => record[column] ?? '')),
      {},
      pools,
    );
  const left = table(task.left);
  const pairs =
    task.left === task.right
      ? findDuplicates(left, { ...known, pools })
      : linkTables(left, table(task.right), { ...known, pools });
  return { truth: task.truth, pairs, people: task.left.length };
}
