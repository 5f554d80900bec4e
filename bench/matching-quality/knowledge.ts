import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseIdentityRule } from '../../src/matching/identity-rule.ts';
import { parseLinkagePolicy } from '../../src/matching/linkage/linkage-policy.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readNameLexicon } from '../../src/reference-data.ts';
import type { TaskKnowledge } from './run-task.ts';

/** The reference tables that the product ships with. */
export async function shippedKnowledge(): Promise<TaskKnowledge> {
  const text = (name: string): Promise<string> => readFile(join(packageRoot(), 'config', 'names', name), 'utf8');
  return {
    lexicon: await readNameLexicon(text),
    policy: parseLinkagePolicy(await text('linkage-policy.json')),
    genericPolicy: parseLinkagePolicy(await text('linkage-policy-generic.json')),
    placeholderDays: parseIdentityRule(await text('identity-rule.json')).placeholderDays,
  };
}
