import type { StagedMember, StagedPerson } from '../../store/intake/staged-person.ts';
import { birthValue } from './birth-value.ts';
import { identifierValue, textValue, wholeNumberValue } from './cell-values.ts';
import { civilRegistrationValue, relationshipValue, sexValue } from './coded-values.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import { contentHash } from './content-hash.ts';
import type { FieldReader } from './field-names.ts';
import { completeHead } from './head-of-household.ts';
import { isReadableReference } from './household-reference.ts';
import { HouseholdReader, MAX_MEMBER_NUMBER } from './household-value.ts';
import type { LineProblem } from './intake-problems.ts';

/** A person, or every reason why the line names none. */
export type RowReading = { readonly person: StagedPerson } | { readonly problems: readonly LineProblem[] };

/**
 * Understands lines. Only what leaves nobody to speak of makes one unreadable: no household, no order number, no name.
 * Anything else that is missing or damaged is unknown, and the person goes on; the raw line keeps what was written.
 * The same fields give the same reading, whatever was read before.
 */
export class RowReader {
  readonly #catalogue: ColumnCatalogue;
  readonly #households: HouseholdReader;

  constructor(catalogue: ColumnCatalogue) {
    this.#catalogue = catalogue;
    this.#households = new HouseholdReader(catalogue);
  }

  read(fields: FieldReader): RowReading {
    const reference = textValue(fields('referenceMenage'), this.#catalogue);
    const numberText = textValue(fields('numeroOrdre'), this.#catalogue);
    const memberNumber = wholeNumberValue(numberText, 1, MAX_MEMBER_NUMBER);
    const fullName = textValue(fields('nomComplet'), this.#catalogue);
    const named = fullName !== null && /\p{L}/u.test(fullName);
    if (reference === null || !isReadableReference(reference) || memberNumber === null || !named)
      return { problems: problemsOf(reference, numberText, memberNumber, named) };
    const household = this.#households.read(fields, reference);
    const member = completeHead(memberOf(fields, memberNumber, fullName, this.#catalogue), household);
    return { person: { household, member, contentHash: contentHash(household, member) } };
  }
}

function problemsOf(
  reference: string | null,
  numberText: string | null,
  memberNumber: number | null,
  named: boolean,
): readonly LineProblem[] {
  const problems: LineProblem[] = [];
  if (reference === null) problems.push({ code: 'REFERENCE_VIDE', field: 'referenceMenage' });
  else if (!isReadableReference(reference)) problems.push({ code: 'REFERENCE_ILLISIBLE', field: 'referenceMenage' });
  if (numberText === null) problems.push({ code: 'NUMERO_ORDRE_VIDE', field: 'numeroOrdre' });
  else if (memberNumber === null) problems.push({ code: 'NUMERO_ORDRE_ILLISIBLE', field: 'numeroOrdre' });
  if (!named) problems.push({ code: 'NOM_VIDE', field: 'nomComplet' });
  return problems;
}

function memberOf(
  fields: FieldReader,
  memberNumber: number,
  fullName: string,
  catalogue: ColumnCatalogue,
): StagedMember {
  return {
    memberNumber,
    fullName,
    nickname: null,
    relationship: relationshipValue(fields('lienParente'), catalogue),
    sex: sexValue(fields('sexe'), catalogue),
    birth: birthValue(fields, catalogue),
    nationalId: identifierValue(fields('numeroCni'), catalogue),
    civilRegistration: civilRegistrationValue(fields('inscritEtatCivil'), catalogue),
    birthExtractNumber: identifierValue(fields('numeroExtrait'), catalogue),
    fatherNumber: parentNumber(fields('ordrePere'), catalogue),
    motherNumber: parentNumber(fields('ordreMere'), catalogue),
  };
}

function parentNumber(written: string | undefined, catalogue: ColumnCatalogue): number | null {
  const number = wholeNumberValue(textValue(written, catalogue), 1, MAX_MEMBER_NUMBER);
  return number === null || catalogue.outsideHousehold.has(String(number)) ? null : number;
}
