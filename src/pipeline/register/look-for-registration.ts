import { coverStartOf, renewableBefore } from '../../domain/cover-period.ts';
import type { IsoDate } from '../../domain/partial-date.ts';
import { parsePartialDate } from '../../domain/partial-date.ts';
import type { CallContext, CallResult } from '../../domain/partner-call.ts';
import { MOST_COVERS, type CoverQuery, type ExistingCover, type Registration } from '../../domain/partners.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { AttemptOperation } from '../../store/schema.ts';
import type { StepContext } from '../step-context.ts';
import { businessKey } from './registration-request.ts';

/** What a look says of a registration: there, definitely not there, or something only a person can judge. */
export type Sighting = Registration | 'absent' | 'unclear';

/** The way to look for a registration at the insurer it was sent to. */
export interface Look {
  readonly operation: Extract<AttemptOperation, 'find-registration' | 'cover-search'>;
  ask(call: CallContext): Promise<CallResult<Sighting>>;
}

/**
 * How to look: by business key where the insurer knows it, otherwise by identity where it finds by that what was just
 * registered. Null where it offers neither: nothing can be learned, and a person must look.
 */
export function lookFor(
  context: StepContext,
  household: ClaimedHousehold,
  member: ClaimedMember,
  runDate: IsoDate,
): Look | null {
  const { insurer } = context;
  const offered = insurer.capabilitiesOf(member.sentInsurer ?? '');
  const key = businessKey(household.campaign, member.ref);
  if (offered.searchByReference) {
    const ask = async (call: CallContext): Promise<CallResult<Sighting>> => {
      const result = await insurer.findRegistration(key, call);
      return result.kind === 'answer' ? { ...result, value: result.value ?? 'absent' } : result;
    };
    return { operation: 'find-registration', ask };
  }
  if (!offered.searchByIdentity) return null;
  const ask = async (call: CallContext): Promise<CallResult<Sighting>> => {
    const result = await insurer.findCover(asSent(member), call);
    return result.kind === 'answer'
      ? { ...result, value: sighting(context, member, result.value, { key, runDate }) }
      : result;
  };
  return { operation: 'cover-search', ask };
}

/** The names and the date the registration was sent under. */
function asSent({ ref, identity, fullName, sex, birth, nationalId }: ClaimedMember): CoverQuery {
  return identity === null
    ? { personRef: ref, nationalId, fullName, sex, birth }
    : {
        personRef: ref,
        nationalId: identity.nationalId,
        fullName: `${identity.givenNames} ${identity.familyName}`,
        sex: identity.sex ?? sex,
        birth: parsePartialDate(identity.birth),
      };
}

/**
 * A registration of ours is filed under the RNU reference, in force and of our scheme: nobody is registered who is covered
 * already, so such a cover is the one that was sent. Somebody else's reference is somebody else's cover, and an expired
 * one of theirs is the one to renew. Anything beside these, or a page so full that it may have left ours out, proves
 * neither. What a cover does not tell is taken as it was asked for; the read-back compares it.
 */
function sighting(
  { policy }: StepContext,
  { ref, renews }: ClaimedMember,
  covers: readonly ExistingCover[],
  { key, runDate }: { readonly key: string; readonly runDate: IsoDate },
): Sighting {
  // A cover about to end is one to renew as well; a registration of ours runs far beyond.
  const ending = renewableBefore(runDate, policy.renewalLeadDays);
  const theirs = covers.filter(
    ({ personRef, coverEnd }) => personRef === null || (personRef === ref && coverEnd >= ending),
  );
  const [cover, another] = theirs;
  if (cover === undefined) return covers.length < MOST_COVERS ? 'absent' : 'unclear';
  const ours = cover.personRef === ref && cover.active && policy.renewableSchemes.includes(cover.scheme);
  if (another !== undefined || !ours) return 'unclear';
  return {
    businessKey: key,
    personRef: ref,
    registrationCode: cover.registrationCode,
    kind: renews === null ? 'new' : 'renewal',
    amountPaid: policy.contribution,
    subsidy: policy.subsidy,
    coverStart: coverStartOf(cover.coverEnd, policy.coverMonths),
    coverEnd: cover.coverEnd,
  };
}
