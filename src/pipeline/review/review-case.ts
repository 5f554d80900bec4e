import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';
import type { Executor } from '../../store/database.ts';
import { linesOfOneHuman, type LinesOfOneHuman } from '../../store/duplicates/lines-of-one-human.ts';
import { loadCase, type CaseEvidence, type StoredCase } from '../../store/review/load-case.ts';
import { readReference } from '../explain/read-reference.ts';
import type { IdentityMatcher } from '../identity-matcher.ts';
import { assessEvidence, type AssessedEvidence, type Compared } from '../verify/assess-evidence.ts';
import type { MemberEvidence } from '../verify/member-evidence.ts';
import { ReviewRefused } from './review-refused.ts';

/** A registry's record the person may be registered under, by the number a reviewer names it with. */
export interface Candidate extends Compared<IdCardRecord | BirthRecord> {
  /** From 1: the card, then the acts, the most likely first. */
  readonly number: number;
  readonly source: 'id-card' | 'birth-record';
}

/** A case with the registries' records beside the person, compared under the rules in force. */
export interface ReviewCase extends StoredCase {
  readonly candidates: readonly Candidate[];
  /** Covers SIGICMU holds that may be the person's. */
  readonly covers: readonly Compared<ExistingCover>[];
  /** Lines that strong links join to this one, directly or through others. */
  readonly group: LinesOfOneHuman;
}

export interface ReviewContext {
  readonly db: Executor;
  readonly matcher: IdentityMatcher;
  readonly campaign: string;
}

/** Opens a case by its id or the person's RNU reference, however it is spelt. Throws {@link ReviewRefused}. */
export async function openCase({ db, matcher, campaign }: ReviewContext, written: string): Promise<ReviewCase> {
  const wanted = /^\d{1,18}$/.test(written.trim()) ? written.trim() : readReference(written).personRef;
  const stored = wanted === null ? null : await loadCase(db, wanted, campaign);
  if (!stored) throw new ReviewRefused('DOSSIER_INCONNU', `Aucun dossier « ${written} » dans la campagne ${campaign}.`);
  const { covers, idCard, birthRecords } = assessEvidence(
    stored.member,
    evidenceOf(stored.evidence),
    matcher,
    stored.household,
  );
  const { linkFrom, linesOfOne } = matcher.duplicates;
  const group = await linesOfOneHuman(db, stored.personId, { linkFrom, most: linesOfOne });
  return { ...stored, candidates: numbered(idCard, birthRecords), covers, group };
}

function numbered(idCard: AssessedEvidence['idCard'], acts: AssessedEvidence['birthRecords']): readonly Candidate[] {
  // One act is often reached by its number and by the search.
  const each = new Map(acts.map((act) => [act.record.recordKey, act] as const).reverse());
  const found = [
    ...(idCard ? [{ ...idCard, source: 'id-card' as const }] : []),
    ...acts
      .filter((act) => each.get(act.record.recordKey) === act)
      .map((act) => ({ ...act, source: 'birth-record' as const })),
  ];
  return found.map((one, index) => ({ ...one, number: index + 1 }));
}

/** Records as the adapters returned them; the database keeps them as they were. */
function evidenceOf(evidence: readonly CaseEvidence[]): MemberEvidence {
  return Object.fromEntries(evidence.map(({ kind, records }) => [kind, records]));
}
