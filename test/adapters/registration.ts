import { partialDate } from '../../src/domain/partial-date.ts';
import type { RegistrationRequest } from '../../src/domain/partners.ts';
import { AWA } from './registries.ts';

/** A registration SIGICMU accepts. */
export const REQUEST: RegistrationRequest = {
  businessKey: `PNBSF-2026:${AWA.personRef}`,
  campaign: 'PNBSF-2026',
  personRef: AWA.personRef,
  householdRef: 'SN-04120199-7',
  familyName: 'NDIAYE',
  givenNames: 'Awa Coumba',
  sex: 'F',
  birth: partialDate(1987, 3, 14),
  nationalId: AWA.nin,
  birthRecordKey: 'PODOR-1987-0456',
  address: null,
  phone: '771234567',
  region: 'SAINT-LOUIS',
  departement: 'PODOR',
  commune: 'GUEDE VILLAGE',
  insurer: 'UDAM-PODOR',
  relationship: 'Lui-même',
  otherRelationship: null,
  holderCode: null,
  renews: null,
  coverStart: '2026-11-21',
  coverEnd: '2027-11-20',
  contribution: 0,
  subsidy: 7000,
};

/** The same as SIGICMU shows it afterwards. */
export const REGISTERED = {
  reference: REQUEST.businessKey,
  referencePersonne: REQUEST.personRef,
  codeImmatriculation: 'A0009B0001',
  operation: 'ADHESION',
  montantCotisation: 0,
  montantSubvention: 7000,
  dateDebutc: '2026-11-21',
  dateFinc: '2027-11-20',
};

/** A cover as SIGICMU shows it. */
export const COVER = {
  codeImmatriculation: 'A0001B0001',
  regime: 'BSF',
  nom: 'NDIAYE',
  prenom: 'Awa Coumba',
  sexe: 'F',
  dateNaissance: '1987-03-14',
  numeroPiece: AWA.nin,
  referencePersonne: AWA.personRef,
  dateFinc: '2027-03-01',
  etat: 'Active',
};
