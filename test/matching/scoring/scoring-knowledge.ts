import { readFileSync } from 'node:fs';
import { parsePartialDate, UNKNOWN_DATE } from '../../../src/domain/partial-date.ts';
import { parseIdentityWeights } from '../../../src/matching/scoring/identity-weights.ts';
import { readNameShares } from '../../../src/matching/scoring/name-shares.ts';
import type { PersonFacts, WrittenName } from '../../../src/matching/scoring/person-facts.ts';
import type { Route } from '../../../src/matching/scoring/route.ts';
import { scorePair, type ScoredPair } from '../../../src/matching/scoring/score-pair.ts';
import { lexicon, rule } from '../knowledge.ts';

const read = (name: string): string => readFileSync(new URL(`../../../config/names/${name}`, import.meta.url), 'utf8');

/** The file the product ships with. */
export const weightsJson = read('identity-weights.json');
export const weights = parseIdentityWeights(weightsJson);
export const shares = readNameShares(read('name-shares.csv'), lexicon, weights.names);

type Given = Partial<Omit<PersonFacts, 'birth'>> & { readonly birth?: string };

/** Facts with nothing known but what is given. */
export function facts(name: WrittenName, { birth, ...given }: Given = {}): PersonFacts {
  return {
    nickname: null,
    sex: 'F',
    birthPlace: null,
    commune: null,
    nationalId: null,
    actNumber: null,
    father: null,
    mother: null,
    household: null,
    reference: null,
    ...given,
    name,
    birth: birth === undefined ? UNKNOWN_DATE : parsePartialDate(birth),
  };
}

export const line = (fullName: string, given: Given = {}): PersonFacts => facts({ fullName }, given);
export const record = (givenNames: string, familyName: string, given: Given = {}): PersonFacts =>
  facts({ givenNames, familyName }, given);

export function score(left: PersonFacts, right: PersonFacts, route: Route): ScoredPair {
  return scorePair(left, right, route, { lexicon, rule, weights, shares });
}
