/**
 * The most a pair could score: what costs next to nothing to compare as it is, and every name as if it agreed in the way
 * that tells most. A search for duplicates meets two dozen lines a person in a file of a million, nearly all of them
 * strangers born in another year; comparing the names of these took a third of a night's worker.
 *
 * Never below the score: an agreement is weighed by the commoner of the two names, so that the record's own name, which
 * is known without reading the other, gives the rarest it could be; and what relatives explain is only ever taken off.
 */
import { compareDates } from '../compare-dates.ts';
import { nationalIdLevel, sexLevel } from '../compare-identity.ts';
import type { NameKind } from '../name-lexicon.ts';
import { OTHER_FIELDS, otherLevel } from './compare-facts.ts';
import { nameInTwoFields, type PersonFacts } from './person-facts.ts';
import type { Route } from './route.ts';
import { plainEvidence, priorOf, rarityOf, sexOf, type Pair, type ScoringKnowledge } from './weigh-field.ts';
import { evidenceOf } from './weigh-level.ts';
import type { Sex } from '../../domain/person.ts';

/** Sums of the same terms in another order differ in their last digits. */
const ROUNDING = 1e-9;

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
  bits += plainEvidence('sex', sexLevel(left.sex, right.sex), pair).same;
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

/** Bits of the level that tells most about a name; 0 where none tells anything. */
function most(path: string, kind: NameKind, name: string, sex: Sex | null, knowledge: ScoringKnowledge): number {
  const { tables } = knowledge.weights;
  const share = knowledge.shares.shareOf(kind, name, sex);
  const known = limits.get(tables) ?? new Map<string, Map<number, number>>();
  limits.set(tables, known);
  const byShare = known.get(path) ?? new Map<number, number>();
  known.set(path, byShare);
  let bits = byShare.get(share);
  if (bits === undefined) {
    const table = tables.get(path);
    const rarity = rarityOf(kind, share, knowledge);
    const levels = [...(table?.keys() ?? [])] as Parameters<typeof evidenceOf>[0][];
    bits = Math.max(0, ...levels.map((level) => evidenceOf(level, table, rarity, 0).same));
    byShare.set(share, bits);
  }
  return bits;
}

/** By tables, field and share: the shares are those of the names file, a few thousand at most. */
const limits = new WeakMap<object, Map<string, Map<number, number>>>();
