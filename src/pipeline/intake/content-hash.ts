import { createHash } from 'node:crypto';
import type { StagedHousehold, StagedMember } from '../../store/intake/staged-person.ts';

/** Changing what is hashed, or its order, makes every person of the next batch look changed: they are verified again. */
const HASH_VERSION = '1';
const UNIT_SEPARATOR = '\u001f';

const HOUSEHOLD_FIELDS = [
  'refKey',
  'region',
  'departement',
  'cav',
  'commune',
  'quartierVillage',
  'hameau',
  'milieu',
  'address',
  'phone',
  'headName',
  'headNickname',
  'headFather',
  'headMother',
  'headNationalId',
  'headSex',
  'headBirthYear',
  'grantManager',
  'deputyGrantManager',
  'grantManagerNationalId',
  'cohort',
  'pnbsfStatus',
] as const satisfies readonly (keyof StagedHousehold)[];

const MEMBER_FIELDS = [
  'memberNumber',
  'fullName',
  'nickname',
  'relationship',
  'sex',
  'nationalId',
  'civilRegistration',
  'birthExtractNumber',
  'fatherNumber',
  'motherNumber',
] as const satisfies readonly (keyof StagedMember)[];

// The members of a household follow each other and share its object: its digest is made once for all of them.
const householdDigests = new WeakMap<StagedHousehold, string>();

/**
 * SHA-256, hexadecimal, of what the product uses of a line. The household's fields are part of it: a new commune changes
 * the insurer of all its members. The reference counts by its key, so that a stray space changes nobody.
 */
export function contentHash(household: StagedHousehold, member: StagedMember): string {
  let text = HASH_VERSION + householdDigest(household);
  // Cells hold no control characters, so that neither sign below can come from a value.
  for (const field of MEMBER_FIELDS) text += UNIT_SEPARATOR + String(member[field] ?? '\0');
  const { precision, year, month, day } = member.birth;
  text += `${UNIT_SEPARATOR}${precision} ${year ?? ''} ${month ?? ''} ${day ?? ''}`;
  return sha256(text);
}

function householdDigest(household: StagedHousehold): string {
  const known = householdDigests.get(household);
  if (known !== undefined) return known;
  const digest = sha256(HOUSEHOLD_FIELDS.map((field) => String(household[field] ?? '\0')).join(UNIT_SEPARATOR));
  householdDigests.set(household, digest);
  return digest;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
