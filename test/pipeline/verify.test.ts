import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BirthAct } from '../../fixtures/sandbox/registries.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, night, outcomes } from './night.ts';
import { numberOf, village, villager, type Villager } from './village.ts';

type Change = Partial<Villager>;

interface Case {
  readonly title: string;
  readonly people: readonly Change[];
  readonly outcomes: readonly string[];
}

const PARENTS: Partial<BirthAct> = { motherGivenNames: 'Khady', motherFamilyName: 'BA' };
const CHILD: Change = { birth: '2017-03-09', relationship: 3, card: null };
const otherNumber = numberOf({ household: 'SN-0999', number: 9, sex: 'M', birth: '1980-05-12' });
const twenty = Array.from({ length: 20 }, (_, index) => ({
  registrationCode: `Z${index}`,
  coverEnd: '2099-12-31',
  personReference: null,
  birthDate: '1980',
  documentNumber: null,
}));

/** A household each; its members in order, and what becomes of them. */
const CASES: readonly Case[] = [
  { title: 'a valid card', people: [{}], outcomes: ['enrolled'] },
  {
    title: 'an expired card still confirms',
    people: [{ card: { expiresOn: '2020-01-01', status: 'EXPIREE' } }],
    outcomes: ['enrolled'],
  },
  {
    title: 'dead in the file of the card',
    people: [{ card: { status: 'DECEDE' } }],
    outcomes: ['needs-review DECES_SIGNALE'],
  },
  {
    title: 'dead in the civil registry, alive in the other',
    people: [{ act: { deathNoted: true } }],
    outcomes: ['needs-review DECES_SIGNALE'],
  },
  {
    title: 'a number that belongs to somebody else',
    people: [{ card: { familyName: 'SARR', givenNames: ['Ousmane'], birthDate: '1951-01-02' } }],
    outcomes: ['needs-review NIN_AUTRE_PERSONNE'],
  },
  {
    title: 'one number for two people',
    people: [{ numberOnLine: otherNumber }, { numberOnLine: otherNumber, birth: '1990-05-05' }],
    outcomes: ['needs-review NIN_DOUBLON_LOT', 'needs-review NIN_DOUBLON_LOT'],
  },
  {
    title: 'an unknown place',
    people: [{ line: { departement: 'ATLANTIDE' } }],
    outcomes: ['needs-review LOCALITE_INCONNUE'],
  },
  {
    title: 'a place in two regions at once',
    people: [{ line: { departement: 'VELINGARA', region: 'MATAM' } }],
    outcomes: ['needs-review LOCALITE_INCONNUE'],
  },
  {
    title: 'an adult without any paper',
    people: [{ card: null }],
    outcomes: ['needs-review NIN_ABSENT NON_DECLARE_EC'],
  },
  {
    title: 'a child whose birth was never declared',
    people: [{}, CHILD],
    outcomes: ['enrolled', 'needs-review NON_DECLARE_EC'],
  },
  {
    title: 'a child known by the extract',
    people: [{}, { ...CHILD, act: PARENTS }],
    outcomes: ['enrolled', 'enrolled'],
  },
  {
    title: 'a number DAF does not know, without an act',
    people: [{ card: null, numberOnLine: otherNumber.replace(/9$/, '1') }],
    outcomes: ['needs-review NIN_INCONNU_DAF NON_DECLARE_EC'],
  },
  { title: 'covered to date', people: [{ covers: [{}] }], outcomes: ['already-enrolled'] },
  { title: 'an expired cover', people: [{ covers: [{ coverEnd: '2025-06-30' }] }], outcomes: ['renewed'] },
  {
    title: 'a suspended cover',
    people: [{ covers: [{ status: 'SUSPENDRE' }] }],
    outcomes: ['needs-review DOUBLON_SIGICMU'],
  },
  {
    title: 'covered by another scheme',
    people: [{ covers: [{ scheme: 'CONTRIBUTIF' }] }],
    outcomes: ['needs-review AUTRE_REGIME'],
  },
  {
    title: 'two covers to renew',
    people: [{ covers: [{ coverEnd: '2024-06-30' }, { coverEnd: '2025-06-30' }] }],
    outcomes: ['needs-review DOUBLON_SIGICMU'],
  },
  { title: 'twenty covers of namesakes', people: [{ covers: twenty }], outcomes: ['needs-review DOUBLON_SIGICMU'] },
  {
    title: 'a head of five years',
    people: [{ birth: '2021-03-01', card: null, act: PARENTS }],
    outcomes: ['needs-review AGE_INVRAISEMBLABLE'],
  },
  {
    title: 'a holder of a hundred and thirty years',
    people: [{ birth: '1896-03-01' }],
    outcomes: ['needs-review AGE_INVRAISEMBLABLE'],
  },
  {
    title: 'names nobody expects, and fields the registries leave empty',
    people: [
      {
        givenNames: 'N’Deye "Awa" Ḿ́',
        familyName: 'Ñ\\DIAYE;<b>',
        card: { sex: null, birthPlace: null, expiresOn: null },
        act: { ...PARENTS, sex: null, birthPlace: null },
      },
    ],
    outcomes: ['enrolled'],
  },
];

// Namesakes of other households must stay out of each other's searches: every household has its own family name.
const FAMILY_NAMES = [
  ...['NDIAYE', 'DIOP', 'FALL', 'SOW', 'SARR', 'BA', 'GUEYE', 'SECK', 'THIAM', 'MBAYE', 'CISSE', 'FAYE', 'KANE'],
  ...['SYLLA', 'DIALLO', 'TOURE', 'NIANG', 'NDOUR', 'WADE', 'DIATTA', 'MENDY', 'GOMIS', 'BADJI', 'COLY'],
];

const households = CASES.map(({ people }, index) => {
  const household = `SN-${String(index + 1).padStart(4, '0')}`;
  return people.map((change, rank) => {
    const base = { household, number: rank + 1, givenNames: rank === 0 ? 'Moussa' : 'Ibrahima' };
    return villager({ ...base, familyName: FAMILY_NAMES[index]!, ...change });
  });
});

let installation: Installation;
let found: Readonly<Record<string, string>>;
let closed: unknown;
beforeAll(async () => {
  installation = await openInstallation({ village: village(households.flat()) });
  closed = await night(installation);
  found = await outcomes(installation);
}, 60_000);
afterAll(() => installation.close());

describe('what verification makes of', () => {
  it.each(CASES.map((one, index) => ({ ...one, members: households[index]! })))(
    '$title',
    ({ members, ...expected }) => {
      const remarks = / CNI_EXPIREE/;
      const actual = members.map(({ household, number }) => found[`${household}/${number}`]!.replace(remarks, ''));
      expect(actual).toEqual(expected.outcomes);
    },
  );

  it('everybody: a night that balances, and nobody registered who was doubted', () => {
    expect(closed).toMatchObject({ state: 'closed', balanced: true });
    const covered = Object.entries(found).filter(([, outcome]) => /^(enrolled|renewed)/.test(outcome));
    expect(carriedOut(installation)).toEqual(Object.fromEntries(covered.map(([ref]) => [ref, 1])));
  });

  it('each decision leaves its grounds: the rules’ version and the records compared', async () => {
    const [row] = await installation.rows<{ bare: number; decisions: number }>(
      `select count(*) filter (where rule_version = '' or certificate = '[]')::int as bare, count(*)::int as decisions
         from decision where to_state in ('confirmed', 'already-enrolled')`,
    );
    expect(row!.decisions).toBeGreaterThan(5);
    expect(row!.bare).toBe(0);
  });
});
