/** A country of a few people: enough for every answer of the four partners. All of them are invented. */
import type { BirthAct, Cover, IdCard, Registries } from '../../fixtures/sandbox/registries.ts';

export const AWA_NIN = '2751198700123';

const awa: IdCard = {
  nin: AWA_NIN,
  familyName: 'NDIAYE',
  givenNames: ['Awa', 'Coumba'],
  sex: 'F',
  birthDate: '1987-03-14',
  birthPlace: 'PODOR',
  expiresOn: '2027-05-01',
  status: 'VALIDE',
};

export function birthAct(change: Partial<BirthAct> = {}): BirthAct {
  return {
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
    nin: AWA_NIN,
    actType: 'NORMALE',
    deathNoted: false,
    ...change,
  };
}

const oldCover: Cover = {
  registrationCode: 'A0001B0001',
  scheme: 'BSF',
  familyName: 'SOW',
  givenNames: ['Moussa'],
  sex: 'M',
  birthDate: '1970',
  documentNumber: '1751197000001',
  personReference: 'SN-04120199-9/1',
  coverEnd: '2026-03-01',
  status: 'Active',
};

const runningCover: Cover = {
  ...oldCover,
  registrationCode: 'C0001D0001',
  familyName: 'BA',
  givenNames: ['Hélène'],
  sex: 'F',
  birthDate: '1990-06-02',
  documentNumber: '2751199000007',
  personReference: null,
  scheme: 'CONTRIBUTIF',
  coverEnd: '2027-06-30',
};

const rows = Array.from({ length: 7 }, (_, index) => ({
  referenceMenage: 'SN-04120199-7',
  region: 'SAINT-LOUIS',
  numeroOrdre: String(index + 1),
  nomComplet: `Membre ${index + 1}`,
}));

export const smallCountry: Registries = {
  idCards: new Map([[awa.nin, awa]]),
  birthActs: [birthAct()],
  covers: [oldCover, runningCover],
  rnuBatches: [{ batchNumber: 'LOT-2026-001', extractedOn: '2026-11-20', rows, households: 1 }],
};

/** A registration SIGICMU accepts. */
export function registration(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    reference: 'PNBSF-2026:SN-04120199-7/1',
    campagne: 'PNBSF-2026',
    referencePersonne: 'SN-04120199-7/1',
    numRNU: 'SN-04120199-7',
    nom: 'NDIAYE',
    prenom: 'Awa Coumba',
    sexe: 'F',
    dateNaissance: '1987-03-14',
    typePiece: 'CNI',
    numeroPiece: AWA_NIN,
    adresse: null,
    telephone: null,
    region: 'SAINT-LOUIS',
    departement: 'PODOR',
    commune: 'GUEDE VILLAGE',
    assureur: 'UDAM-PODOR',
    typeBeneficiaire: 'BSF',
    relation: 'Lui-même',
    autreRelation: null,
    titulaire: null,
    renouvelle: null,
    dateDebutc: '2026-11-21',
    dateFinc: '2027-11-20',
    montantCotisation: 0,
    montantSubvention: 7000,
    ...change,
  };
}
