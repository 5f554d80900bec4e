import { coverPeriod } from '../../domain/cover-period.ts';
import { parsePartialDate, type IsoDate } from '../../domain/partial-date.ts';
import type { RegistrationRequest } from '../../domain/partners.ts';
import type { Policy, RelationshipLabel } from '../../domain/policy.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';

/** Campaign and RNU person: the same over all attempts, and never a personal number. */
export function businessKey(campaign: string, personRef: string): string {
  return `${campaign}:${personRef}`;
}

export interface RequestParts {
  readonly household: ClaimedHousehold;
  readonly member: ClaimedMember;
  /** Null when this member is the holder. */
  readonly holder: { readonly member: ClaimedMember; readonly code: string } | null;
  readonly insurer: string;
  readonly region: string;
  readonly departement: string;
  readonly policy: Policy;
  readonly runDate: IsoDate;
}

/** The request for one person, under the names the registry confirmed. Free of charge, with the State's part told. */
export function registrationRequest(parts: RequestParts): RegistrationRequest {
  const { household, member, holder, policy } = parts;
  const { identity } = member;
  const cover = coverPeriod(parts.runDate, policy.coverMonths);
  const relationship = relationshipOf(parts);
  return {
    businessKey: businessKey(household.campaign, member.ref),
    campaign: household.campaign,
    personRef: member.ref,
    householdRef: household.refKey,
    familyName: identity?.familyName ?? '',
    givenNames: identity?.givenNames ?? '',
    sex: identity?.sex ?? member.sex,
    birth: identity ? parsePartialDate(identity.birth) : member.birth,
    nationalId: identity?.nationalId ?? null,
    birthRecordKey: identity?.birthRecordKey ?? null,
    address: household.address,
    phone: household.phone,
    region: parts.region,
    departement: parts.departement,
    commune: household.commune,
    insurer: parts.insurer,
    relationship: relationship.label,
    otherRelationship: relationship.other,
    holderCode: holder?.code ?? null,
    renews: member.renews,
    coverStart: cover.start,
    coverEnd: cover.end,
    contribution: policy.contribution,
    subsidy: policy.subsidy,
  };
}

/**
 * The RNU tells relationships to the head. They are the holder's only when the head holds the policy; otherwise the
 * label says so instead of claiming a tie nobody declared.
 */
function relationshipOf({ member, holder, policy }: RequestParts): RelationshipLabel {
  if (holder === null) return policy.relationship(1, member.sex);
  if (member.relationship === null) return { label: 'Autre', other: 'lien non précisé' };
  const toHead = policy.relationship(member.relationship, member.sex);
  if (holder.member.relationship === 1) return toHead;
  return { label: 'Autre', other: `${(toHead.other ?? toHead.label).toLowerCase()} du chef de ménage` };
}
