import { partialDate } from '../../domain/partial-date.ts';
import type { StagedHousehold, StagedMember } from '../../store/intake/staged-person.ts';

/**
 * The form asks the head's nickname, number, sex and year on its household page, the grant manager's number there too,
 * and often leaves the member's own line empty. What the line has prevails; the household page fills what it lacks.
 */
export function completeHead(member: StagedMember, household: StagedHousehold): StagedMember {
  const manages = member.memberNumber === household.grantManager;
  const managerId = manages ? household.grantManagerNationalId : null;
  if (!isHead(member)) return managerId === null ? member : { ...member, nationalId: member.nationalId ?? managerId };
  const { headBirthYear } = household;
  return {
    ...member,
    nickname: household.headNickname,
    sex: member.sex ?? household.headSex,
    birth: member.birth.precision === 'unknown' ? partialDate(headBirthYear) : member.birth,
    nationalId: member.nationalId ?? household.headNationalId ?? managerId,
  };
}

/** Relationship 1; or order number 1, which the form gives the head, when no relationship is written. */
function isHead(member: StagedMember): boolean {
  return member.relationship === 1 || (member.relationship === null && member.memberNumber === 1);
}
