/** A handful of invented people, as the four registries know them. */
import type { BirthAct, Cover, IdCard, Registries } from '../../fixtures/sandbox/registries.ts';

export const AWA = {
  nin: '1K05198700123',
  personRef: 'SN-04120199-7/1',
  fullName: 'Awa Coumba NDIAYE',
} as const;

export const MODOU = { nin: '1751195000042', fullName: 'Modou FALL' } as const;

const idCard: IdCard = {
  nin: AWA.nin,
  familyName: 'NDIAYE',
  givenNames: ['Awa', 'Coumba'],
  sex: 'F',
  birthDate: '1987-03-14',
  birthPlace: 'PODOR',
  expiresOn: '2027-05-01',
  status: 'VALIDE',
};

const deadMan: IdCard = {
  nin: MODOU.nin,
  familyName: 'FALL',
  givenNames: ['Modou'],
  sex: null,
  birthDate: '1950',
  birthPlace: null,
  expiresOn: null,
  status: 'DECEDE',
};

const act: BirthAct = {
  extractNumber: '1987-0456',
  centre: 'PODOR',
  registerYear: '1987',
  registerNumber: '0456',
  familyName: 'NDIAYE',
  givenNames: ['Awa', 'Coumba'],
  sex: 'F',
  birthDate: '1987-03-14',
  birthPlace: 'PODOR & environs',
  fatherGivenNames: 'Moussa',
  motherGivenNames: 'Fatou',
  motherFamilyName: 'SOW',
  nin: AWA.nin,
  actType: 'NORMALE',
  deathNoted: false,
};

const sparseAct: BirthAct = {
  ...act,
  extractNumber: '2019-0007',
  registerYear: '2019',
  registerNumber: '0007',
  familyName: 'BÂ',
  givenNames: ['Hélène'],
  sex: null,
  birthDate: '2019-02',
  birthPlace: null,
  fatherGivenNames: null,
  motherGivenNames: null,
  motherFamilyName: null,
  nin: null,
  actType: 'JUGEMENT',
  deathNoted: true,
};

/** More than the registry gives at once. */
const crowd = Array.from({ length: 21 }, (_, index) => ({
  ...act,
  familyName: 'DIOP',
  birthDate: '1990',
  extractNumber: '1990-0001',
  registerYear: '1990',
  registerNumber: String(index),
}));

const cover: Cover = {
  registrationCode: 'A0001B0001',
  scheme: 'BSF',
  familyName: 'SOW',
  givenNames: ['Moussa'],
  sex: 'M',
  birthDate: '1970',
  documentNumber: '1751197000001',
  personReference: 'SN-04120199-9/1',
  coverEnd: '2026-03-01',
  status: 'SUSPENDRE',
};

const otherScheme: Cover = {
  ...cover,
  registrationCode: 'C0001D0001',
  scheme: 'CONTRIBUTIF',
  familyName: 'BA',
  givenNames: ['Hélène'],
  sex: 'F',
  birthDate: '1990-06-02',
  documentNumber: null,
  personReference: null,
  coverEnd: '2027-06-30',
  status: 'Active',
};

export const BATCH_ROWS = Array.from({ length: 5 }, (_, index) => ({
  referenceMenage: 'SN-04120199-7',
  region: 'SAINT-LOUIS',
  numeroOrdre: String(index + 1),
  nomComplet: `Membre ${index + 1}`,
  telephone: '',
}));

export const registries: Registries = {
  idCards: new Map([idCard, deadMan].map((card) => [card.nin, card])),
  birthActs: [act, sparseAct, ...crowd],
  covers: [cover, otherScheme],
  rnuBatches: [
    { batchNumber: 'LOT 2026/001', extractedOn: '2026-11-20', rows: BATCH_ROWS, households: 1 },
    { batchNumber: 'LOT-2026-002', extractedOn: '2026-11-21', rows: [], households: 0 },
  ],
};
