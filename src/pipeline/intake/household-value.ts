import type { StagedHousehold } from '../../store/intake/staged-person.ts';
import { identifierValue, textValue, wholeNumberValue } from './cell-values.ts';
import { codeValue, sexValue } from './coded-values.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import type { FieldName, FieldReader } from './field-names.ts';
import { householdKey } from './household-reference.ts';

/** The form has 20 lines and continues on further forms; no household reaches a third digit. */
export const MAX_MEMBER_NUMBER = 99;

const HOUSEHOLD_FIELDS = [
  'referenceMenage',
  'region',
  'departement',
  'cav',
  'commune',
  'quartierVillage',
  'hameau',
  'milieu',
  'adresse',
  'telephone',
  'cmNomComplet',
  'cmSurnom',
  'cmPere',
  'cmMere',
  'cmNumeroCni',
  'cmSexe',
  'cmAnneeNaissance',
  'gestionnairePrincipal',
  'gestionnaireSuppleant',
  'gestionnaireNumeroCni',
  'generation',
  'statutPnbsf',
] as const satisfies readonly FieldName[];

/**
 * Gives the members of a household, whose lines follow each other, one and the same object: its two dozen cells are
 * compared instead of read again, a third of the work of an import.
 */
export class HouseholdReader {
  readonly #catalogue: ColumnCatalogue;
  #cells: readonly (string | undefined)[] = [];
  #last: StagedHousehold | null = null;

  constructor(catalogue: ColumnCatalogue) {
    this.#catalogue = catalogue;
  }

  /** `reference`: the tidied reference, already found readable. */
  read(fields: FieldReader, reference: string): StagedHousehold {
    if (this.#last !== null && HOUSEHOLD_FIELDS.every((field, index) => this.#cells[index] === fields(field)))
      return this.#last;
    this.#cells = HOUSEHOLD_FIELDS.map((field) => fields(field));
    this.#last = householdOf(fields, reference, this.#catalogue);
    return this.#last;
  }
}

/** The household's part of a line. Nothing in it can make a line unreadable. */
function householdOf(fields: FieldReader, reference: string, catalogue: ColumnCatalogue): StagedHousehold {
  const text = (field: FieldName): string | null => textValue(fields(field), catalogue);
  const member = (field: FieldName): number | null => wholeNumberValue(text(field), 1, MAX_MEMBER_NUMBER);
  const birthYear = wholeNumberValue(text('cmAnneeNaissance'), 1850, 2200);
  return {
    ref: fields('referenceMenage') ?? reference,
    refKey: householdKey(reference),
    region: text('region') ?? '',
    departement: text('departement') ?? '',
    cav: text('cav'),
    commune: text('commune') ?? '',
    quartierVillage: text('quartierVillage'),
    hameau: text('hameau'),
    milieu: codeValue('milieu', fields('milieu'), catalogue) ?? text('milieu'),
    address: text('adresse'),
    phone: identifierValue(fields('telephone'), catalogue),
    headName: text('cmNomComplet'),
    headNickname: text('cmSurnom'),
    headFather: text('cmPere'),
    headMother: text('cmMere'),
    headNationalId: identifierValue(fields('cmNumeroCni'), catalogue),
    headSex: sexValue(fields('cmSexe'), catalogue),
    headBirthYear: catalogue.unknownYears.has(String(birthYear)) ? null : birthYear,
    grantManager: member('gestionnairePrincipal'),
    deputyGrantManager: member('gestionnaireSuppleant'),
    grantManagerNationalId: identifierValue(fields('gestionnaireNumeroCni'), catalogue),
    cohort: text('generation'),
    pnbsfStatus: text('statutPnbsf'),
  };
}
