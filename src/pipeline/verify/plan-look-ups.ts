import type { IsoDate } from '../../domain/partial-date.ts';
import { youngestAgeOn } from '../../domain/partial-date.ts';
import type { BirthRecordQuery, CoverQuery } from '../../domain/partners.ts';
import { normaliseName } from '../../matching/normalise-name.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { Policy } from '../../domain/policy.ts';
import type { NationalIdCheck } from '../../matching/national-id.ts';
import type { AssessedEvidence } from './assess-evidence.ts';

/**
 * The number to ask DAF about, or null. Nobody under the age of the card is asked about, and a number that cannot be
 * a NIN would only fetch an error.
 */
export function nationalIdToAsk(
  member: HouseholdMember,
  check: NationalIdCheck,
  policy: Policy,
  runDate: IsoDate,
): string | null {
  const age = youngestAgeOn(member.birth, runDate);
  const tooYoung = age !== null && age < policy.idCardFromAge;
  return check.status === 'FORMAT_VALIDE' && !tooYoung ? check.normalised : null;
}

/** The extract whose act to ask for, or null when the family gave no number. */
export function extractNumberToAsk(member: HouseholdMember): BirthRecordQuery | null {
  return member.birthExtractNumber === null ? null : { by: 'extract-number', extractNumber: member.birthExtractNumber };
}

/**
 * The search by identity, when no number led to an act that could be the person's. Once a card has confirmed them it
 * asks in the card's spelling and with its full date, because that is how the act is likely to be written; a death
 * noted on an act that a misspelt search misses would go unseen. Null when too little is known to ask.
 */
export function birthRecordSearch(member: HouseholdMember, assessed: AssessedEvidence): BirthRecordQuery | null {
  if (assessed.birthRecords.some(({ comparison }) => comparison.verdict !== 'different')) return null;
  const card = assessed.idCard?.comparison.verdict === 'same' ? assessed.idCard.record : null;
  const birth = card?.birth ?? member.birth;
  if (birth.year === null) return null;
  return {
    by: 'identity',
    fullName: card ? `${card.givenNames} ${card.familyName}` : member.fullName,
    sex: card?.sex ?? member.sex,
    birth,
    motherName: member.motherName,
  };
}

/**
 * The second look for a cover, under the names and number of the registry that confirmed the person: SIGICMU may know
 * them as their papers write them, and not as the RNU does. Null when that would only ask the first question again.
 */
export function coverSearch(member: HouseholdMember, assessed: AssessedEvidence): CoverQuery | null {
  const confirming = [...(assessed.idCard ? [assessed.idCard] : []), ...assessed.birthRecords];
  const record = confirming.find(({ comparison }) => comparison.verdict === 'same')?.record;
  if (!record) return null;
  const fullName = `${record.givenNames} ${record.familyName}`;
  const nationalId = record.nationalId ?? member.nationalId;
  const known = normaliseName(fullName) === normaliseName(member.fullName) && nationalId === member.nationalId;
  return known ? null : { personRef: member.ref, nationalId, fullName, sex: record.sex, birth: record.birth };
}
