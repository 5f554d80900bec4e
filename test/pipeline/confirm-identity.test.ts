import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parsePartialDate } from '../../src/domain/partial-date.ts';
import type { BirthRecord, IdCardRecord } from '../../src/domain/partners.ts';
import type { HouseholdMember } from '../../src/domain/person.ts';
import { assessEvidence } from '../../src/pipeline/verify/assess-evidence.ts';
import { confirmIdentity, type Confirmation } from '../../src/pipeline/verify/confirm-identity.ts';
import type { MemberEvidence } from '../../src/pipeline/verify/member-evidence.ts';
import { readReferenceData, type ReferenceData } from '../../src/reference-data.ts';

const MEMBER: HouseholdMember = {
  ref: 'SN-0001/2',
  memberNumber: 2,
  fullName: 'Moussa Diop',
  nickname: null,
  relationship: 3,
  sex: 'M',
  birth: parsePartialDate('2015-05'),
  nationalId: null,
  civilRegistration: 'yes',
  birthExtractNumber: null,
  fatherName: 'Modou Diop',
  motherName: 'Khady Ba',
};
const ACT: BirthRecord = {
  recordKey: '042-2015-118',
  familyName: 'DIOP',
  givenNames: 'MOUSSA',
  sex: 'M',
  birth: parsePartialDate('2015-05-03'),
  birthPlace: 'PODOR',
  fatherGivenNames: 'MODOU',
  motherGivenNames: 'KHADY',
  motherFamilyName: 'BA',
  nationalId: null,
  deceased: false,
};
const NAMESAKE: BirthRecord = {
  ...ACT,
  recordKey: '042-2015-900',
  fatherGivenNames: 'OUSMANE',
  motherGivenNames: 'COUMBA',
  motherFamilyName: 'SOW',
};
const CARD: IdCardRecord = { ...ACT, nationalId: '1042201500123', cardExpiry: null };

let reference: ReferenceData;
beforeAll(async () => {
  reference = await readReferenceData(fileURLToPath(new URL('../../config', import.meta.url)));
});

function confirm(member: HouseholdMember, evidence: MemberEvidence): Confirmation {
  const { matcher, policy } = reference;
  const assessed = assessEvidence(member, evidence, matcher, { refKey: 'SN-0001', commune: 'PODOR' });
  return confirmIdentity({
    member,
    evidence,
    assessed,
    nationalIdStatus: 'ABSENT_OU_FACTICE',
    nationalIdShared: false,
    extractNumberShared: false,
    localityReasons: [],
    policy,
    runDate: '2026-11-21',
  });
}

describe('a record confirms a person', () => {
  it('when the search finds their act, a namesake’s far behind it', () => {
    const found = confirm(MEMBER, { 'birth-record-search': [NAMESAKE, ACT] });
    expect(found).toMatchObject({ identity: { birthRecordKey: ACT.recordKey }, reasons: [] });
  });

  it('not when two acts could be theirs', () => {
    const unknownMother = { ...MEMBER, motherName: null };
    const brother = { ...ACT, recordKey: '042-2015-131', motherGivenNames: 'COUMBA', motherFamilyName: 'SOW' };
    expect(confirm(unknownMother, { 'birth-record-search': [ACT, brother] })).toEqual({
      identity: null,
      reasons: ['ACTE_PLUSIEURS'],
    });
  });

  it('not when the rule is content and the sum of evidence is not', () => {
    const lonely = { ...ACT, motherGivenNames: null, motherFamilyName: null, birthPlace: 'MATAM' };
    expect(confirm(MEMBER, { 'birth-record-search': [lonely] })).toEqual({ identity: null, reasons: ['HOMONYMES'] });
  });

  it('not because of an equal number alone', () => {
    const nameless = { ...MEMBER, fullName: 'محمد', birth: parsePartialDate(''), nationalId: CARD.nationalId };
    expect(confirm(nameless, { 'id-card': [CARD] }).identity).toBeNull();
  });

  it('when names agree but for the order, with an equal number and the month', () => {
    const swapped = { ...MEMBER, fullName: 'Diop Moussa', nationalId: CARD.nationalId };
    expect(confirm(swapped, { 'id-card': [CARD] }).identity).toMatchObject({ familyName: 'DIOP' });
  });
});
