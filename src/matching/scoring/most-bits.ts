/**
 * The most a pair could score: what costs next to nothing to compare as it is, and every name as if it agreed in the way
 * that tells most. A search for duplicates meets two dozen lines a person in a file of a million, nearly all of them
 * strangers born in another year; comparing the names of these took a third of a night's worker.
 *
 * Never below the score: an agreement is weighed by the commoner of the two names, so that the record's own name, which
 * is known without reading the other, gives the rarest it could be; and what relatives explain is only ever taken off.
 */
import type { Sex } from '../../domain/person.ts';
import { compareDates } from '../compare-dates.ts';
import { nationalIdLevel } from '../compare-identity.ts';
import { equalityLevel } from '../identity-comparison.ts';
import type { NameKind } from '../name-lexicon.ts';
import { OTHER_FIELDS, otherLevel } from './compare-facts.ts';
import { nameInTwoFields, type PersonFacts } from './person-facts.ts';
import type { Route } from './route.ts';
import { plainEvidence, priorOf, rarityOf, sexOf, type Pair, type ScoringKnowledge } from './weigh-field.ts';
import { scorePair, type ScoredPair } from './score-pair.ts';
import { mostSame } from './weigh-level.ts';

/** Sums of the same terms in another order differ in their last digits. */
const ROUNDING = 1e-9;

/** The score where it gives this probability, 0–1, or more; null below, mostly without names being compared. */
export function scoreFrom(
  probability: number,
  left: PersonFacts,
  right: PersonFacts,
  route: Route,
  knowledge: ScoringKnowledge,
): ScoredPair | null {
  if (!mayReach(probability, left, right, route, knowledge)) return null;
  const pair = scorePair(left, right, route, knowledge);
  return pair.probability < probability ? null : pair;
}

/** False when `scorePair` of the same cannot give this probability, 0–1, or more. */
export function mayReach(
  probability: number,
  left: PersonFacts,
  right: PersonFacts,
  route: Route,
  knowledge: ScoringKnowledge,
): boolean {
  return mostBits(left, right, route, knowledge) >= Math.log2(probability / (1 - probability)) - ROUNDING;
}

/** An upper limit of `scorePair(left, right, route, knowledge).bits`, before its own limits. */
export function mostBits(left: PersonFacts, right: PersonFacts, route: Route, knowledge: ScoringKnowledge): number {
  const pair: Pair = { left, right, route, knowledge };
  const { rule, weights } = knowledge;
  let bits = priorOf(route, weights).same;
  bits += plainEvidence('sex', equalityLevel(left.sex, right.sex), pair).same;
  bits += plainEvidence('birth', compareDates(left.birth, right.birth, rule), pair).same;
  const number = nationalIdLevel(left.nationalId, right.nationalId, rule.nationalId);
  bits += plainEvidence('national-id', number, pair).same;
  for (const field of OTHER_FIELDS) bits += plainEvidence(field, otherLevel(field, left, right), pair).same;
  return bits + mostOfNames(pair);
}

function mostOfNames({ left, right, knowledge }: Pair): number {
  const name = nameInTwoFields(right.name, knowledge.lexicon);
  let bits = most('family-name', 'family', name.familyName, null, knowledge);
  bits += most('given-names', 'given', name.givenNames, sexOf({ left, right }), knowledge);
  if (left.father !== null && right.father !== null) {
    const { givenNames } = nameInTwoFields(right.father, knowledge.lexicon);
    bits += most('father', 'given', givenNames, 'M', knowledge);
  }
  if (left.mother !== null && right.mother !== null) {
    const { familyName, givenNames } = nameInTwoFields(right.mother, knowledge.lexicon);
    bits += most('mother', 'given', givenNames, 'F', knowledge);
    bits += most('family-name', 'family', familyName, null, knowledge);
  }
  return bits;
}

function most(path: string, kind: NameKind, name: string, sex: Sex | null, knowledge: ScoringKnowledge): number {
  const rarity = rarityOf(kind, knowledge.shares.shareOf(kind, name, sex), knowledge);
  return mostSame(knowledge.weights.tables.get(path), rarity);
}
