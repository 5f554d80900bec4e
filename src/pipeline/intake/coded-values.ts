import { RELATIONSHIPS, type CivilRegistration, type RelationshipCode, type Sex } from '../../domain/person.ts';
import { textValue, wholeNumberValue } from './cell-values.ts';
import type { CodedField, ColumnCatalogue } from './column-catalogue.ts';

/** Highest code on the form: 99, "does not know". */
const MAX_CODE = 99;

/** The code behind a written value, be it `2`, `2.0`, `02` or a word of the catalogue. */
export function codeValue(
  field: CodedField,
  written: string | undefined,
  catalogue: ColumnCatalogue,
): string | undefined {
  const text = textValue(written, catalogue);
  if (text === null) return undefined;
  const number = wholeNumberValue(text, 0, MAX_CODE);
  return catalogue.codeOf(field, number === null ? text : String(number));
}

/** Sex, null when not written or not recognised. */
export function sexValue(written: string | undefined, catalogue: ColumnCatalogue): Sex | null {
  const code = codeValue('sexe', written, catalogue);
  return code === 'M' || code === 'F' ? code : null;
}

/** Relationship to the head, null when not written or not recognised. */
export function relationshipValue(written: string | undefined, catalogue: ColumnCatalogue): RelationshipCode | null {
  const code = codeValue('lienParente', written, catalogue);
  return code !== undefined && code in RELATIONSHIPS ? (Number(code) as RelationshipCode) : null;
}

/** Answer to "inscrit à l'état civil ?". */
export function civilRegistrationValue(written: string | undefined, catalogue: ColumnCatalogue): CivilRegistration {
  const code = codeValue('inscritEtatCivil', written, catalogue);
  return code === 'yes' || code === 'no' ? code : 'unknown';
}
