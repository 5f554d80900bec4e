import { masked } from '../../domain/french/csv.ts';
import { formatPartialDate } from '../../domain/partial-date.ts';
import type { ExistingCover } from '../../domain/partners.ts';
import { REASONS, type ReasonCode } from '../../domain/reasons.ts';
import { toldComparison } from '../../pipeline/explain/comparison.ts';
import type { ReviewCase } from '../../pipeline/review/review-case.ts';
import type { QueueEntry } from '../../store/review/list-queue.ts';

type RegistryRecord = Pick<ExistingCover, 'nationalId' | 'birth'>;

/** A reason with its words. */
function told(code: ReasonCode): Record<string, unknown> {
  return { code, ...REASONS[code] };
}

/** One person of the queue, as `review list --json` gives it. */
export function entryJson({ reasons, ...entry }: QueueEntry): Record<string, unknown> {
  return {
    ...entry,
    reasons: reasons.map((code) => ({ code, title: REASONS[code].title, office: REASONS[code].office })),
  };
}

/** A case, as `review show --json` gives it. `full` leaves numbers whole. Holds personal data. */
export function caseJson(reviewed: ReviewCase, full: boolean): Record<string, unknown> {
  const number = (text: string | null | undefined): string | null => (full ? (text ?? null) : masked(text ?? null));
  const { member, household } = reviewed;
  const record = (one: RegistryRecord): Record<string, unknown> => ({
    ...one,
    nationalId: number(one.nationalId),
    birth: formatPartialDate(one.birth),
  });
  return {
    id: reviewed.id,
    ref: member.ref,
    campaign: reviewed.campaign,
    run: reviewed.runId,
    state: reviewed.state,
    sends: reviewed.sends,
    reasons: reviewed.reasons.map(told),
    member: {
      fullName: member.fullName,
      nickname: member.nickname,
      sex: member.sex,
      birth: formatPartialDate(member.birth),
      nationalId: number(member.nationalId),
      birthExtractNumber: number(member.birthExtractNumber),
      fatherName: member.fatherName,
      motherName: member.motherName,
      relationship: member.relationship,
    },
    household: {
      ref: household.ref,
      region: household.region,
      departement: household.departement,
      commune: household.commune,
      members: reviewed.others.map(({ ref, fullName, isHead, state }) => ({ ref, fullName, isHead, state })),
    },
    candidates: reviewed.candidates.map((one) => ({
      number: one.number,
      source: one.source,
      record: record(one.record),
      probability: one.probability,
      plausible: one.plausible,
      comparison: toldComparison(one.certificate),
    })),
    covers: reviewed.covers.map((one) => ({ record: record(one.record), comparison: toldComparison(one.certificate) })),
    sharing: reviewed.sharing.map(({ ref, householdRef, state, committed }) => ({
      ref,
      householdRef,
      state,
      committed,
    })),
    decisions: reviewed.decisions.map(({ certificate: _kept, ...decision }) => decision),
  };
}
