import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGazetteer, type Gazetteer } from './domain/gazetteer.ts';
import { CONTRACT_CAPABILITIES, readInsurerTable, type CapabilitiesOf } from './domain/insurer-table.ts';
import { readMailRecipients, type MailRecipient } from './domain/mail-recipients.ts';
import { readPolicy, type Policy } from './domain/policy.ts';
import { ruleSetOf, type RuleFiles, type RuleSet } from './domain/rule-set.ts';
import { readSemicolonTable } from './domain/semicolon-table.ts';
import { compareIdentity } from './matching/compare-identity.ts';
import { parseIdentityRule } from './matching/identity-rule.ts';
import { parseDuplicatePolicy } from './matching/match-keys/duplicate-policy.ts';
import { createMatchKeys } from './matching/match-keys/match-keys.ts';
import { buildNameLexicon, type NameLexicon } from './matching/name-lexicon.ts';
import { writtenName } from './matching/written-name.ts';
import { checkNationalId } from './matching/national-id.ts';
import { parseIdentityWeights } from './matching/scoring/identity-weights.ts';
import { readNameShares } from './matching/scoring/name-shares.ts';
import { scoreFrom } from './matching/scoring/most-bits.ts';
import { scorePair } from './matching/scoring/score-pair.ts';
import type { IdentityMatcher } from './pipeline/identity-matcher.ts';
import { readColumnCatalogue, type ColumnCatalogue } from './pipeline/intake/column-catalogue.ts';

/** The tables staff edit, read once: what is inferred or guessed about the country stands in them, not in code. */
export interface ReferenceData {
  readonly policy: Policy;
  readonly gazetteer: Gazetteer;
  readonly matcher: IdentityMatcher;
  readonly columns: ColumnCatalogue;
  readonly recipients: readonly MailRecipient[];
  /** What each insurer offers towards an unknown outcome. */
  readonly capabilitiesOf: CapabilitiesOf;
  /** The rule files themselves, as they were read. */
  readonly rules: RuleSet;
}

/**
 * Reads every table of a folder. Each reader throws its own error, naming file and place. `instead` holds texts to be
 * read in the place of files, by their path inside the folder: a candidate that is tried out.
 */
export async function readReferenceData(folder: string, instead: RuleFiles = new Map()): Promise<ReferenceData> {
  const files = new Map<string, string>();
  const text = async (...path: string[]): Promise<string> => {
    const name = path.join('/');
    const content = instead.get(name) ?? (await readFile(join(folder, ...path), 'utf8'));
    files.set(name, content);
    return content;
  };
  const policy = readPolicy(await text('policy.json'));
  const tables = {
    policy,
    gazetteer: buildGazetteer(await text('departements.csv'), await text('corrections-localites.csv')),
    matcher: await readMatcher((name) => text('names', name)),
    columns: await readColumnCatalogue(join(folder, 'columns.json')),
  };
  const places = readSemicolonTable(files.get('departements.csv') ?? '', 'departements.csv');
  const column = (name: string): ReadonlySet<string> => new Set(places.map((line) => line[name] ?? ''));
  // Neither decides about anybody: they are no rules, and are kept out of the rule set.
  const recipients = await readOptional(join(folder, 'destinataires.csv'), 'adresse;role;region\n');
  const insurers = await readOptional(join(folder, 'assureurs.csv'), CONTRACT_CAPABILITIES);
  return {
    ...tables,
    recipients: readMailRecipients(recipients, column('region')),
    capabilitiesOf: readInsurerTable(insurers, column('assureur')),
    rules: ruleSetOf(policy.version, files),
  };
}

/** A table that a folder may leave out. */
async function readOptional(path: string, otherwise: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  });
}

/** The name files, by the reader of their folder. Throws `LexiconError`. */
export async function readNameLexicon(text: (name: string) => Promise<string>): Promise<NameLexicon> {
  return buildNameLexicon({
    familyNames: await text('family-names.csv'),
    givenNames: await text('given-names.csv'),
    titles: await text('titles.csv'),
    abbreviations: await text('abbreviations.csv'),
    lookAlikes: await text('look-alikes.csv'),
  });
}

async function readMatcher(text: (name: string) => Promise<string>): Promise<IdentityMatcher> {
  const lexicon = await readNameLexicon(text);
  const rule = parseIdentityRule(await text('identity-rule.json'));
  const weights = parseIdentityWeights(await text('identity-weights.json'));
  const shares = readNameShares(await text('name-shares.csv'), lexicon, weights.names);
  const knowledge = { lexicon, rule, weights, shares };
  return {
    weights,
    score: (left, right, route) => scorePair(left, right, route, knowledge),
    scoreFrom: (probability, left, right, route) => scoreFrom(probability, left, right, route, knowledge),
    keys: createMatchKeys({ lexicon, nationalId: rule.nationalId }),
    duplicates: parseDuplicatePolicy(await text('duplicate-policy.json')),
    compare: (member, record) => compareIdentity(member, record, { lexicon, rule }),
    splitName: (fullName) => writtenName(fullName, lexicon),
    checkNationalId: ({ nationalId, sex, birth }) =>
      checkNationalId(nationalId, rule.nationalId, { sex, birth, currentYear: null }),
  };
}
