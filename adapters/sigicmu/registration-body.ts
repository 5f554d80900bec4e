import type { RegistrationRequest } from '../../src/domain/partners.ts';
import { contractDate } from './contract-date.ts';

/** The JSON of a registration: the same request always gives the same text, which a replayed key depends on. */
export function registrationBody(request: RegistrationRequest, beneficiaryType: string): string {
  return JSON.stringify({
    reference: request.businessKey,
    campagne: request.campaign,
    referencePersonne: request.personRef,
    numRNU: request.householdRef,
    nom: request.familyName,
    prenom: request.givenNames,
    sexe: request.sex,
    dateNaissance: contractDate(request.birth),
    ...identityDocument(request),
    adresse: request.address,
    telephone: request.phone,
    region: request.region,
    departement: request.departement,
    commune: request.commune,
    assureur: request.insurer,
    typeBeneficiaire: beneficiaryType,
    relation: request.relationship,
    autreRelation: request.otherRelationship,
    titulaire: request.holderCode,
    renouvelle: request.renews,
    dateDebutc: request.coverStart,
    dateFinc: request.coverEnd,
    montantCotisation: request.contribution,
    montantSubvention: request.subsidy,
  });
}

/** The card where there is a number, or else the birth record. */
function identityDocument({ nationalId, birthRecordKey }: RegistrationRequest): {
  readonly typePiece: string | null;
  readonly numeroPiece: string | null;
} {
  if (nationalId !== null) return { typePiece: 'CNI', numeroPiece: nationalId };
  if (birthRecordKey !== null) return { typePiece: 'Extrait de naissance', numeroPiece: birthRecordKey };
  return { typePiece: null, numeroPiece: null };
}
