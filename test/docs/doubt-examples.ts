/** The worked examples of docs/doubts.md: invented people, decided on by the product itself. */
import { fileURLToPath } from 'node:url';
import { parsePartialDate } from '../../src/domain/partial-date.ts';
import type { BirthRecord, IdCardRecord } from '../../src/domain/partners.ts';
import type { HouseholdMember } from '../../src/domain/person.ts';
import { REASONS } from '../../src/domain/reasons.ts';
import { certificateText } from '../../src/matching/certificate-text.ts';
import { assessEvidence, certificateOf } from '../../src/pipeline/verify/assess-evidence.ts';
import { decideOutcome } from '../../src/pipeline/verify/decide-outcome.ts';
import type { MemberEvidence } from '../../src/pipeline/verify/member-evidence.ts';
import { readReferenceData } from '../../src/reference-data.ts';

const RUN_DATE = '2026-11-21';
const HOME = { refKey: 'SN-0001', commune: 'PODOR' };

interface Example {
  readonly member: Partial<HouseholdMember> & Pick<HouseholdMember, 'fullName' | 'sex'>;
  readonly evidence: MemberEvidence;
}

const CARD: IdCardRecord = {
  nationalId: '2042199100123',
  familyName: 'SARR',
  givenNames: 'AWA',
  sex: 'F',
  birth: parsePartialDate('1991-04-17'),
  birthPlace: 'PODOR',
  cardExpiry: '2031-01-01',
  deceased: false,
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

const EXAMPLES: Readonly<Record<string, Example>> = {
  namesakes: {
    member: { fullName: 'Fatou Ndiaye', sex: 'F', birth: parsePartialDate('1987-03') },
    evidence: {
      'birth-record-search': [
        { ...ACT, givenNames: 'FATOU', familyName: 'NDIAYE', sex: 'F', birth: parsePartialDate('1987-03-14') },
      ],
    },
  },
  'married-name': {
    member: { fullName: 'Awa Fall', sex: 'F', birth: parsePartialDate('1990-04'), nationalId: CARD.nationalId },
    evidence: { 'id-card': [CARD] },
  },
  'two-candidates': {
    member: { fullName: 'Moussa Diop', sex: 'M', birth: parsePartialDate('2015-05'), fatherName: 'Modou Diop' },
    evidence: {
      'birth-record-search': [
        ACT,
        {
          ...ACT,
          recordKey: '042-2015-131',
          birth: parsePartialDate('2015-05-19'),
          motherGivenNames: 'COUMBA',
          motherFamilyName: 'SOW',
        },
      ],
    },
  },
};

/** Each example's outcome and certificates, as `review show` prints them. */
export async function doubtExamples(): Promise<ReadonlyMap<string, string>> {
  const { matcher, policy } = await readReferenceData(fileURLToPath(new URL('../../config', import.meta.url)));
  return new Map(
    Object.entries(EXAMPLES).map(([name, { member: given, evidence }]) => {
      const member = { ...NOBODY, ...given };
      const assessed = assessEvidence(member, evidence, matcher, HOME);
      const { to, reasons } = decideOutcome({
        member,
        evidence,
        assessed,
        nationalIdStatus: matcher.checkNationalId(member).status,
        nationalIdShared: false,
        extractNumberShared: false,
        localityReasons: [],
        policy,
        runDate: RUN_DATE,
      });
      if (to !== 'needs-review') throw new Error(`${name}: ${to} is no doubt`);
      const why = reasons.map((code) => `${REASONS[code].title} (${code})`).join(' ; ');
      const certificates = certificateOf(assessed).map((one) => certificateText(one).join('\n'));
      return [name, [`À vérifier — ${why}`, ...certificates].join('\n\n')];
    }),
  );
}

const NOBODY: HouseholdMember = {
  ref: 'SN-0001/2',
  memberNumber: 2,
  fullName: '',
  nickname: null,
  relationship: 3,
  sex: null,
  birth: parsePartialDate(''),
  nationalId: null,
  civilRegistration: 'yes',
  birthExtractNumber: null,
  fatherName: null,
  motherName: null,
};
