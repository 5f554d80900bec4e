import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGazetteer, type Gazetteer } from './domain/gazetteer.ts';
import { readPolicy, type Policy } from './domain/policy.ts';
import { compareIdentity } from './matching/compare-identity.ts';
import { parseIdentityRule } from './matching/identity-rule.ts';
import { buildNameLexicon } from './matching/name-lexicon.ts';
import { checkNationalId } from './matching/national-id.ts';
import type { IdentityMatcher } from './pipeline/identity-matcher.ts';
import { readColumnCatalogue, type ColumnCatalogue } from './pipeline/intake/column-catalogue.ts';

/** The tables staff edit, read once: what is inferred or guessed about the country stands in them, not in code. */
export interface ReferenceData {
  readonly policy: Policy;
  readonly gazetteer: Gazetteer;
  readonly matcher: IdentityMatcher;
  readonly columns: ColumnCatalogue;
}

/** Reads every table of a folder. Each reader throws its own error, naming file and place. */
export async function readReferenceData(folder: string): Promise<ReferenceData> {
  const text = (...path: string[]): Promise<string> => readFile(join(folder, ...path), 'utf8');
  return {
    policy: readPolicy(await text('policy.json')),
    gazetteer: buildGazetteer(await text('departements.csv'), await text('corrections-localites.csv')),
    matcher: await readMatcher((name) => text('names', name)),
    columns: await readColumnCatalogue(join(folder, 'columns.json')),
  };
}

async function readMatcher(text: (name: string) => Promise<string>): Promise<IdentityMatcher> {
  const lexicon = buildNameLexicon({
    familyNames: await text('family-names.csv'),
    givenNames: await text('given-names.csv'),
    titles: await text('titles.csv'),
    abbreviations: await text('abbreviations.csv'),
    lookAlikes: await text('look-alikes.csv'),
  });
  const rule = parseIdentityRule(await text('identity-rule.json'));
  return {
    compare: (member, record) => compareIdentity(member, record, { lexicon, rule }),
    checkNationalId: ({ nationalId, sex, birth }) =>
      checkNationalId(nationalId, rule.nationalId, { sex, birth, currentYear: null }),
  };
}
