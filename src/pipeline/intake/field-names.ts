/**
 * Fields of a member as the RNU names them (docs/partner-services.md), plus `dateNaissance` for extracts that give one
 * full date instead of its parts.
 */
export const FIELD_NAMES = [
  'referenceMenage',
  'region',
  'departement',
  'cav',
  'commune',
  'quartierVillage',
  'hameau',
  'milieu',
  'numConcession',
  'numMenage',
  'adresse',
  'telephone',
  'cmNomComplet',
  'cmSurnom',
  'cmPere',
  'cmMere',
  'cmNumeroCni',
  'cmSexe',
  'cmAnneeNaissance',
  'cmAge',
  'gestionnairePrincipal',
  'gestionnaireSuppleant',
  'gestionnaireNumeroCni',
  'generation',
  'statutPnbsf',
  'numeroOrdre',
  'nomComplet',
  'lienParente',
  'ordrePere',
  'ordreMere',
  'sexe',
  'jourNaissance',
  'moisNaissance',
  'anneeNaissance',
  'dateNaissance',
  'age',
  'inscritEtatCivil',
  'numeroExtrait',
  'possedeCni',
  'numeroCni',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

/** Without these a line says nothing about anybody. */
export const REQUIRED_FIELDS: readonly FieldName[] = ['referenceMenage', 'numeroOrdre', 'nomComplet'];

/** A line's fields as text; undefined when the source has no such column. */
export type FieldReader = (field: FieldName) => string | undefined;

/** Narrows a name read from configuration. */
export function isFieldName(name: string): name is FieldName {
  return (FIELD_NAMES as readonly string[]).includes(name);
}
