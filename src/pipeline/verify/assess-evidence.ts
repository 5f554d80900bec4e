import { formatPartialDate } from '../../domain/partial-date.ts';
import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';
import type { Household, HouseholdMember } from '../../domain/person.ts';
import type { IdentityComparison } from '../../matching/identity-comparison.ts';
import { certificateOfPair, type IdentityCertificate } from '../../matching/scoring/identity-certificate.ts';
import { memberFacts, recordFacts } from '../../matching/scoring/person-facts.ts';
import { rankCandidates, type RankedCandidate } from '../../matching/scoring/rank-candidates.ts';
import type { Route } from '../../matching/scoring/route.ts';
import type { ScoredPair } from '../../matching/scoring/score-pair.ts';
import type { IdentityMatcher } from '../identity-matcher.ts';
import type { MemberEvidence } from './member-evidence.ts';

/** A registry's record beside the person: what the rule says, what the score says, and of how many candidates. */
export interface Compared<T> {
  readonly record: T;
  readonly comparison: IdentityComparison;
  readonly score: ScoredPair;
  /** Of being the person's, the other candidates considered. */
  readonly probability: number;
  /** Lead over the next candidate, in bits; null without another. */
  readonly marginBits: number | null;
  /** May be the person's: the rule says so, or doubts it and no other candidate is far ahead. */
  readonly plausible: boolean;
  /** Rule and score agree that it is the person's, and it is plainly ahead of every other candidate. */
  readonly certain: boolean;
  readonly certificate: IdentityCertificate;
}

/** All evidence of one person, compared with what the RNU says. */
export interface AssessedEvidence {
  readonly covers: readonly Compared<ExistingCover>[];
  readonly idCard: Compared<IdCardRecord> | null;
  /** Best first. */
  readonly birthRecords: readonly ComparedBirthRecord[];
}

/** `byNumber`: reached by the number of the extract, not by a search that namesakes could answer. */
export interface ComparedBirthRecord extends Compared<BirthRecord> {
  readonly byNumber: boolean;
}

/** Where the person lives: most are born there, which tells namesakes apart. */
export type Home = Pick<Household, 'refKey' | 'commune'>;

/** Compares every record found with the person, once. Birth records exclude each other; covers do not. */
export function assessEvidence(
  member: HouseholdMember,
  evidence: MemberEvidence,
  matcher: IdentityMatcher,
  home: Home,
): AssessedEvidence {
  const person = memberFacts(member, home);
  const scored = <T extends AnyRecord>(route: Route, records: readonly T[] = []): readonly Scored<T>[] =>
    records.map((record) => ({ record, score: matcher.score(person, recordFacts(record), route) }));
  const alone = <T extends AnyRecord>(one: Scored<T>): Compared<T> =>
    compared({ candidate: one, probability: one.score.probability, marginBits: null, runnerUp: null }, matcher);
  const [card] = scored('national-id', evidence['id-card']?.slice(0, 1));
  return {
    covers: scored('cover-search-page', allCovers(evidence)).map(alone),
    idCard: card ? alone(card) : null,
    birthRecords: rankCandidates([
      ...scored('act-number', evidence['birth-record']),
      ...scored('birth-search-page', evidence['birth-record-search']),
    ]).map((ranked) => ({
      ...compared(ranked, matcher),
      byNumber: ranked.candidate.score.route === 'act-number',
    })),
  };
}

type AnyRecord = ExistingCover | IdCardRecord | BirthRecord;

interface Scored<T extends AnyRecord> {
  readonly record: T;
  readonly score: ScoredPair;
}

function compared<T extends AnyRecord>(
  { candidate, probability, marginBits, runnerUp }: RankedCandidate<Scored<T>>,
  { weights }: IdentityMatcher,
): Compared<T> {
  const { record, score } = candidate;
  const { verdict } = score.comparison;
  const ahead = marginBits === null || marginBits >= weights.marginBits;
  const farBehind = marginBits !== null && marginBits <= -weights.marginBits;
  const likely = probability >= weights.routes[score.route].autoFrom;
  const nextCandidate = runnerUp && {
    name: `${runnerUp.record.givenNames} ${runnerUp.record.familyName}`,
    birth: formatPartialDate(runnerUp.record.birth),
    bits: runnerUp.score.bits,
  };
  const certain = verdict === 'same' && likely && ahead && score.contradictions.length === 0;
  const standing = { probability, marginBits, nextCandidate, certain };
  return {
    record,
    comparison: score.comparison,
    score,
    probability,
    marginBits,
    plausible: verdict === 'same' || (verdict === 'doubt' && !farBehind),
    certain,
    certificate: certificateOfPair(SOURCES[score.route], score, standing),
  };
}

const SOURCES: Readonly<Record<Route, IdentityCertificate['source']>> = {
  'national-id': 'id-card',
  'act-number': 'birth-record',
  'birth-search-page': 'birth-record',
  'cover-search-page': 'cover',
  'same-batch': 'other-line',
  'earlier-batch': 'other-line',
};

/** Covers of both searches, each once. */
function allCovers(evidence: MemberEvidence): readonly ExistingCover[] {
  const found = [...(evidence.cover ?? []), ...(evidence['cover-search'] ?? [])];
  return [...new Map(found.map((cover) => [cover.registrationCode, cover])).values()];
}

/** A person's certificates as they are kept: which record, what was compared, by which rule and which weights. */
export function certificateOf({ covers, idCard, birthRecords }: AssessedEvidence): readonly IdentityCertificate[] {
  return [...covers, ...(idCard ? [idCard] : []), ...birthRecords].map(({ certificate }) => certificate);
}
