/**
 * Whose a cover in SIGICMU is. Names and a birth month are shared by namesakes, and a cover taken for somebody else's
 * would close the door on a person without anybody having looked; so a cover is only somebody's own when SIGICMU files
 * it under their RNU reference, or when something beyond name, sex and birth speaks for it.
 */
import { renewableBefore } from '../../domain/cover-period.ts';
import { formatPartialDate, type IsoDate } from '../../domain/partial-date.ts';
import type { ExistingCover } from '../../domain/partners.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { Policy } from '../../domain/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import type { Compared } from './assess-evidence.ts';

/** A cover and what the rule says of it. */
export type ComparedCover = Pick<Compared<ExistingCover>, 'record' | 'comparison'>;

/** `possible`: it may be theirs, which only a person can say. */
export type CoverOwnership = 'own' | 'possible' | 'other';

/** Judges one cover; `confirmed` is what the identity registries established, null before or without them. */
export function coverOwnership(
  { record, comparison }: ComparedCover,
  member: HouseholdMember,
  confirmed: ConfirmedIdentity | null,
): CoverOwnership {
  const filedUnderThem = record.personRef === member.ref;
  if (comparison.verdict === 'different') return filedUnderThem ? 'possible' : 'other';
  if (comparison.verdict === 'doubt') return 'possible';
  if (filedUnderThem) return 'own';
  const proven = comparison.confirmedBy.length > 0 || agreesWithRegistry(record, confirmed);
  return record.personRef === null && proven ? 'own' : 'possible';
}

/** The number, or the full birth date, that a registry established for the person. */
function agreesWithRegistry(cover: ExistingCover, confirmed: ConfirmedIdentity | null): boolean {
  if (confirmed === null) return false;
  const sameNumber = cover.nationalId !== null && cover.nationalId === confirmed.nationalId;
  return sameNumber || (cover.birth.precision === 'day' && formatPartialDate(cover.birth) === confirmed.birth);
}

/** What the covers of a person come to. */
export interface CoverFindings {
  /** Theirs, and valid beyond the days before its end in which covers are renewed: nothing is left to do. */
  readonly current: ExistingCover | null;
  /** Theirs, and run out or about to: to be renewed rather than doubled. */
  readonly expired: ExistingCover | null;
  readonly reasons: readonly ReasonCode[];
  /** Registration codes of covers that are theirs. */
  readonly ownCodes: readonly string[];
}

/** Weighs all covers found for a person on a day. */
export function weighCovers(
  covers: readonly ComparedCover[],
  member: HouseholdMember,
  confirmed: ConfirmedIdentity | null,
  { policy, runDate }: { readonly policy: Policy; readonly runDate: IsoDate },
): CoverFindings {
  const ownership = covers.map((cover) => ({ ...cover, of: coverOwnership(cover, member, confirmed) }));
  const own = ownership.filter(({ of }) => of === 'own').map(({ record }) => record);
  const valid = own.filter((cover) => cover.active && cover.coverEnd >= runDate);
  const renewable = own.filter((cover) => policy.renewableSchemes.includes(cover.scheme));
  const accepted = (cover: ExistingCover): boolean =>
    policy.renewableSchemes.includes(cover.scheme) || policy.otherScheme === 'already-enrolled';
  const ending = renewableBefore(runDate, policy.renewalLeadDays);
  const renewedNow = (cover: ExistingCover): boolean =>
    cover.active && cover.coverEnd < ending && policy.renewableSchemes.includes(cover.scheme);
  const current = valid.find((cover) => accepted(cover) && !renewedNow(cover)) ?? null;
  const suspended = own.some((cover) => !cover.active);
  const unclear = ownership.some(({ of }) => of === 'possible') || suspended || renewable.length > 1;
  return {
    current,
    expired: renewable.find(renewedNow) ?? null,
    reasons: [
      ...(unclear ? (['DOUBLON_SIGICMU'] as const) : []),
      ...(valid.some((cover) => !accepted(cover)) ? (['AUTRE_REGIME'] as const) : []),
    ],
    ownCodes: own.map((cover) => cover.registrationCode),
  };
}
