/**
 * Lines of the RNU that may be the same human as a member of the household in hand: fetched by match key, weighed like
 * any other pair. Two visits at the same time cannot both miss: each sees to it that its household's keys are committed
 * before it looks, so whoever looks second finds the first, and what it finds is filed for both lines.
 */
import type { PersonFacts } from '../../matching/scoring/person-facts.ts';
import type { Route } from '../../matching/scoring/route.ts';
import type { ScoredPair } from '../../matching/scoring/score-pair.ts';
import { findCandidates, type Candidates, type MetPair } from '../../store/duplicates/candidates.ts';
import { linesOfPeople, type RnuLine } from '../../store/duplicates/rnu-line.ts';
import { replaceSuspicions, type Suspicion } from '../../store/duplicates/suspicions.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import { fillKeysOfHousehold } from '../intake/fill-match-keys.ts';
import type { StepContext } from '../step-context.ts';
import { lineCertificate, type LineCertificate } from './line-certificate.ts';

/** Another line that may be this person. */
export interface SuspectedLine {
  /** RNU reference. */
  readonly reference: string;
  readonly probability: number;
}

/** What a member's search for other lines came to. */
export interface FoundDuplicates {
  /** Likeliest first. */
  readonly lines: readonly SuspectedLine[];
  /** Comparisons with the likeliest of them. */
  readonly certificates: readonly LineCertificate[];
}

export const NO_DUPLICATES: FoundDuplicates = { lines: [], certificates: [] };

/**
 * Looks for other lines of these members, files what is found, and tells it by person. `numberOfAnother`: people whose
 * line carries somebody else's number, as the file of cards has just shown; it says nothing about them.
 */
export async function findDuplicates(
  context: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
  numberOfAnother: ReadonlySet<string>,
): Promise<ReadonlyMap<string, FoundDuplicates>> {
  if (members.length === 0) return new Map();
  const { met, suspected } = await candidatesOf(context, household, members);
  const lines = await linesById(context, met);
  const found = met.flatMap((pair) => weigh(context, pair, lines, numberOfAnother));
  if (found.length > 0 || suspected) {
    const personIds = members.map(({ personId }) => personId);
    await replaceSuspicions(context.db, personIds, found.map(suspicionOf));
  }
  return byPerson(context, found);
}

async function candidatesOf(
  { db, matcher }: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
): Promise<Candidates> {
  const { householdId, commune } = household;
  const asked = members.flatMap((member) =>
    matcher.keys.asked({ ...member, commune }).map(({ key, limit }) => ({ personId: member.personId, key, limit })),
  );
  const candidates = await findCandidates(db, householdId, asked);
  if (!candidates.keysDue) return candidates;
  await fillKeysOfHousehold(db, matcher.keys, householdId);
  return findCandidates(db, householdId, asked);
}

/** A line and what is compared of it. */
interface KnownLine {
  readonly line: RnuLine;
  readonly facts: PersonFacts;
}

async function linesById({ db }: StepContext, met: readonly MetPair[]): Promise<ReadonlyMap<string, KnownLine>> {
  const ids = new Set(met.flatMap(({ personId, otherId }) => [personId, otherId]));
  const lines = await linesOfPeople(db, [...ids]);
  return new Map(lines.map((line) => [line.personId, { line, facts: lineFacts(line) }]));
}

interface WeighedPair {
  readonly mine: RnuLine;
  readonly other: RnuLine;
  readonly pair: ScoredPair;
}

/**
 * The pair when it is likely enough to be one human. Given names with nothing in common tell twins apart, who share all
 * the rest, and often have consecutive numbers.
 */
function weigh(
  { matcher }: StepContext,
  { personId, otherId }: MetPair,
  lines: ReadonlyMap<string, KnownLine>,
  numberOfAnother: ReadonlySet<string>,
): readonly WeighedPair[] {
  const [mine, other] = [lines.get(personId), lines.get(otherId)];
  if (mine === undefined || other === undefined) return [];
  const route: Route = mine.line.batchId === other.line.batchId ? 'same-batch' : 'earlier-batch';
  const own = numberOfAnother.has(personId) ? { ...mine.facts, nationalId: null } : mine.facts;
  const pair = matcher.scoreFrom(matcher.duplicates.reviewFrom, own, other.facts, route);
  if (pair === null) return [];
  const twins = pair.contradictions.includes('given-names');
  return twins ? [] : [{ mine: mine.line, other: other.line, pair }];
}

/** Facts of a line, without the reference: two lines never share theirs, one human or not. */
export function lineFacts(line: RnuLine): PersonFacts {
  return {
    name: { fullName: line.fullName },
    nickname: line.nickname,
    sex: line.sex,
    birth: line.birth,
    birthPlace: null,
    commune: line.commune === '' ? null : line.commune,
    nationalId: line.nationalId,
    actNumber: line.birthExtractNumber,
    father: line.fatherName === null ? null : { fullName: line.fatherName },
    mother: line.motherName === null ? null : { fullName: line.motherName },
    household: line.householdId,
    reference: null,
  };
}

function suspicionOf({ mine, other, pair }: WeighedPair): Suspicion {
  return {
    personId: mine.personId,
    otherId: other.personId,
    contentHash: mine.contentHash,
    otherHash: other.contentHash,
    probability: pair.probability,
    certificate: lineCertificate(mine.ref, other.ref, pair),
  };
}

function byPerson({ matcher }: StepContext, found: readonly WeighedPair[]): ReadonlyMap<string, FoundDuplicates> {
  const likeliest = [...found].sort(
    (a, b) => b.pair.probability - a.pair.probability || (a.other.ref < b.other.ref ? -1 : 1),
  );
  return new Map(
    likeliest.map(({ mine: { personId } }) => {
      const own = likeliest.filter(({ mine }) => mine.personId === personId);
      const lines = own.map(({ other, pair }) => ({ reference: other.ref, probability: pair.probability }));
      const named = own.slice(0, matcher.duplicates.linesNamed);
      return [
        personId,
        { lines, certificates: named.map(({ mine, other, pair }) => lineCertificate(mine.ref, other.ref, pair)) },
      ];
    }),
  );
}
