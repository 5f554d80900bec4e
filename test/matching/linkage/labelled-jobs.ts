import { readFileSync } from 'node:fs';

import { ORDINARY, registryTask } from '../../../fixtures/linkage/registry-task.ts';
import type { LabelledTask, RegistryTaskName } from '../../../fixtures/linkage/registry-task.ts';
import { qualityFigures } from '../../../bench/matching-quality/measure.ts';
import type { LabelledPairs, QualityFigures } from '../../../bench/matching-quality/measure.ts';
import { runTask } from '../../../bench/matching-quality/run-task.ts';
import type { TaskKnowledge } from '../../../bench/matching-quality/run-task.ts';
import type { LinkageKnowledge } from '../../../src/matching/linkage/link-tables.ts';
import { parseLinkagePolicy } from '../../../src/matching/linkage/linkage-policy.ts';
import { createValuePools } from '../../../src/matching/linkage/value-pools.ts';
import { lexicon, rule } from '../knowledge.ts';

const policyOf = (name: string): LinkageKnowledge['policy'] =>
  parseLinkagePolicy(readFileSync(new URL(`../../../config/names/${name}`, import.meta.url), 'utf8'));

export const policy = policyOf('linkage-policy.json');

/** What the product ships with. */
export const shipped: TaskKnowledge = {
  lexicon,
  policy,
  genericPolicy: policyOf('linkage-policy-generic.json'),
  placeholderDays: rule.placeholderDays,
};

export function knowledge(): LinkageKnowledge {
  return { lexicon, policy, pools: createValuePools(lexicon, rule.placeholderDays) };
}

/** One of the four tasks, at its ordinary difficulty. */
export function ordinaryTask(name: RegistryTaskName, lines: number, seed: string): LabelledTask {
  return registryTask(name, { lines, seed, errors: 1, profile: ORDINARY });
}

/** What the linkage makes of one of the four tasks, and how good it is. */
export function linkedTask(
  name: RegistryTaskName,
  lines: number,
  seed: string,
  columns?: readonly string[],
): LabelledPairs & { readonly figures: QualityFigures } {
  const found = runTask(ordinaryTask(name, lines, seed), shipped, columns);
  return { ...found, figures: qualityFigures(found) };
}
