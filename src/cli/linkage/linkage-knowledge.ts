import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { parseIdentityRule } from '../../matching/identity-rule.ts';
import type { LinkageKnowledge } from '../../matching/linkage/link-tables.ts';
import { parseLinkagePolicy } from '../../matching/linkage/linkage-policy.ts';
import { createValuePools } from '../../matching/linkage/linkage-table.ts';
import { packageRoot } from '../../package-root.ts';
import { readNameLexicon } from '../../reference-data.ts';

/** What linking works with, from the reference tables in force. One per job: its pools hold the job's values. */
export async function readLinkageKnowledge(
  env: Readonly<Record<string, string | undefined>>,
): Promise<LinkageKnowledge> {
  const folder = join(readConfig(env).configDirectory ?? join(packageRoot(), 'config'), 'names');
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const lexicon = await readNameLexicon(text);
  const { placeholderDays } = parseIdentityRule(await text('identity-rule.json'));
  return {
    lexicon,
    policy: parseLinkagePolicy(await text('linkage-policy.json')),
    genericPolicy: parseLinkagePolicy(await text('linkage-policy-generic.json')),
    pools: createValuePools(lexicon, placeholderDays),
  };
}
