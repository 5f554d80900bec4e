/** People written down by hand: what the social registry says of them and what the other registries know. */
import type { BirthAct, Cover, IdCard, Registries } from '../../fixtures/sandbox/registries.ts';

/** Someone of the village. Papers that are absent or null are papers the person has not got. */
export interface Villager {
  /** `SN-0001`; the household. */
  readonly household: string;
  readonly number: number;
  readonly givenNames: string;
  readonly familyName: string;
  readonly sex: 'M' | 'F';
  /** `AAAA-MM-JJ`. */
  readonly birth: string;
  /** Code of the form; 1 is the head. */
  readonly relationship: number;
  /** On the line; by default the number of the card. */
  readonly numberOnLine?: string;
  readonly card?: Partial<IdCard> | null;
  readonly act?: Partial<BirthAct> | null;
  readonly covers?: readonly Partial<Cover>[];
  /** Other columns of the line. */
  readonly line?: Readonly<Record<string, string>>;
}

export interface Village {
  readonly lines: readonly Readonly<Record<string, string>>[];
  readonly registries: Registries;
}

/** Reference of a person, as the product and the ledger write it. */
export function refOf({ household, number }: Pick<Villager, 'household' | 'number'>): string {
  return `${household}/${number}`;
}

/** A number of the right form that belongs to this villager alone. */
export function numberOf(villager: Pick<Villager, 'household' | 'number' | 'sex' | 'birth'>): string {
  const rank = `${Number(villager.household.replace(/\D/g, ''))}${String(villager.number).padStart(2, '0')}`;
  return `${villager.sex === 'M' ? '1' : '2'}042${villager.birth.slice(0, 4)}${rank.padStart(5, '0')}`;
}

/** A villager with a valid card, from which everything else may differ. */
export function villager(
  given: Pick<Villager, 'household' | 'number' | 'givenNames' | 'familyName'> & Partial<Villager>,
): Villager {
  return { sex: 'M', birth: '1980-05-12', relationship: given.number === 1 ? 1 : 11, card: {}, ...given };
}

/** Line, card, act and covers of everybody. */
export function village(people: readonly Villager[]): Village {
  return {
    lines: people.map(lineOf),
    registries: {
      idCards: new Map(people.filter(({ card }) => card).map((person) => [cardOf(person).nin, cardOf(person)])),
      birthActs: people.filter(({ act }) => act).map(actOf),
      covers: people.flatMap((person) => (person.covers ?? []).map((cover, index) => coverOf(person, cover, index))),
      rnuBatches: [],
    },
  };
}

function lineOf(person: Villager): Readonly<Record<string, string>> {
  const [year = '', month = '', day = ''] = person.birth.split('-');
  return {
    referenceMenage: person.household,
    region: 'SAINT-LOUIS',
    departement: 'PODOR',
    commune: 'GUEDE VILLAGE',
    gestionnairePrincipal: '1',
    numeroOrdre: String(person.number),
    nomComplet: `${person.givenNames} ${person.familyName}`,
    lienParente: String(person.relationship),
    sexe: person.sex === 'M' ? '1' : '2',
    anneeNaissance: year,
    moisNaissance: month,
    jourNaissance: day,
    inscritEtatCivil: person.act ? '1' : '2',
    numeroExtrait: person.act ? extractOf(person) : '',
    numeroCni: person.numberOnLine ?? (person.card ? cardOf(person).nin : ''),
    ...person.line,
  };
}

function cardOf(person: Villager): IdCard {
  return {
    nin: numberOf(person),
    familyName: person.familyName,
    givenNames: person.givenNames.split(' '),
    sex: person.sex,
    birthDate: person.birth,
    birthPlace: 'PODOR',
    expiresOn: '2031-01-01',
    status: 'VALIDE',
    ...person.card,
  };
}

function extractOf(person: Villager): string {
  return person.act?.extractNumber ?? `${person.birth.slice(0, 4)}-${refOf(person)}`;
}

function actOf(person: Villager): BirthAct {
  return {
    extractNumber: extractOf(person),
    centre: 'PODOR',
    registerYear: person.birth.slice(0, 4),
    registerNumber: refOf(person),
    familyName: person.familyName,
    givenNames: person.givenNames.split(' '),
    sex: person.sex,
    birthDate: person.birth,
    birthPlace: 'PODOR',
    fatherGivenNames: null,
    motherGivenNames: null,
    motherFamilyName: null,
    nin: null,
    actType: 'NORMALE',
    deathNoted: false,
    ...person.act,
  };
}

function coverOf(person: Villager, cover: Partial<Cover>, index: number): Cover {
  return {
    registrationCode: `H${person.household.replace(/\D/g, '')}M${person.number}C${index}`,
    scheme: 'BSF',
    familyName: person.familyName,
    givenNames: person.givenNames.split(' '),
    sex: person.sex,
    birthDate: person.birth,
    documentNumber: person.card ? cardOf(person).nin : null,
    personReference: refOf(person),
    coverEnd: '2099-12-31',
    status: 'Active',
    ...cover,
  };
}
