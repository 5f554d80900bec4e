import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { IdentityComparison } from '../../matching/identity-comparison.ts';
import type { IdentityMatcher } from '../identity-matcher.ts';
import type { MemberEvidence } from './member-evidence.ts';

/** A registry's record beside the person, compared. */
export interface Compared<T> {
  readonly record: T;
  readonly comparison: IdentityComparison;
}

/** All evidence of one person, compared with what the RNU says. */
export interface AssessedEvidence {
  readonly covers: readonly Compared<ExistingCover>[];
  readonly idCard: Compared<IdCardRecord> | null;
  readonly birthRecords: readonly ComparedBirthRecord[];
}

/** `byNumber`: reached by the number of the extract, not by a search that namesakes could answer. */
export interface ComparedBirthRecord extends Compared<BirthRecord> {
  readonly byNumber: boolean;
}

/** Compares every record found with the person, once. */
export function assessEvidence(
  member: HouseholdMember,
  evidence: MemberEvidence,
  matcher: IdentityMatcher,
): AssessedEvidence {
  const compared = <T extends ExistingCover | IdCardRecord | BirthRecord>(record: T): Compared<T> => ({
    record,
    comparison: matcher.compare(member, record),
  });
  const [card] = evidence['id-card'] ?? [];
  return {
    covers: allCovers(evidence).map(compared),
    idCard: card ? compared(card) : null,
    birthRecords: [
      ...(evidence['birth-record'] ?? []).map((record) => ({ ...compared(record), byNumber: true })),
      ...(evidence['birth-record-search'] ?? []).map((record) => ({ ...compared(record), byNumber: false })),
    ],
  };
}

/** Covers of both searches, each once. */
function allCovers(evidence: MemberEvidence): readonly ExistingCover[] {
  const found = [...(evidence.cover ?? []), ...(evidence['cover-search'] ?? [])];
  return [...new Map(found.map((cover) => [cover.registrationCode, cover])).values()];
}

/** A certificate as it is kept: which record, what was compared, by which rule. */
export function certificateOf(assessed: AssessedEvidence): readonly unknown[] {
  const entry = (source: string, { comparison }: Compared<unknown>): unknown => ({ source, ...comparison });
  return [
    ...assessed.covers.map((cover) => entry('cover', cover)),
    ...(assessed.idCard ? [entry('id-card', assessed.idCard)] : []),
    ...assessed.birthRecords.map((record) => entry('birth-record', record)),
  ];
}
