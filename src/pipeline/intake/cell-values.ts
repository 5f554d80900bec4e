import type { ColumnCatalogue } from './column-catalogue.ts';

const UNTIDY = /^\s|\s$|\s\s|[^\S ]|[\x00-\x1f\x7f]/;
const SPACE_OR_CONTROL = /[\s\x00-\x1f\x7f]+/g;
const NOT_ASCII = /[^\x00-\x7f]/;
const FORMULA_TEXT = /^="(.*)"$/;
// Two digits of exponent at most: `1E18200036398` is a NIN whose civil-registry centre is E18.
const POWER_OF_TEN = /^\d+(?:[.,]\d+)?E\+?\d{1,2}$/i;
const WHOLE_AS_DECIMAL = /^(\d+)[.,]0+$/;

/**
 * A value as one tidy line of text: Unicode composed, spaces and control characters collapsed, Excel's `="…"` unwrapped. Null when
 * it says nothing.
 */
export function textValue(written: string | undefined, catalogue: ColumnCatalogue): string | null {
  if (written === undefined || written === '') return null;
  let text = written;
  if (UNTIDY.test(text)) text = text.replace(SPACE_OR_CONTROL, ' ').trim();
  if (NOT_ASCII.test(text)) text = text.normalize('NFC');
  if (text.startsWith('="')) text = FORMULA_TEXT.exec(text)?.[1]?.trim() ?? text;
  return catalogue.isEmpty(text) ? null : text;
}

/**
 * An identifier or a telephone number, opaque. What a spreadsheet added around it goes (apostrophe, `.0`); a number it
 * rounded to `1,75E+12` is lost and reads as unknown, never as a guess.
 */
export function identifierValue(written: string | undefined, catalogue: ColumnCatalogue): string | null {
  const text = textValue(written, catalogue);
  if (text === null) return null;
  const bare = text.startsWith("'") ? text.slice(1).trim() : text;
  const whole = WHOLE_AS_DECIMAL.exec(bare)?.[1] ?? bare;
  return POWER_OF_TEN.test(whole) || /^0*$/.test(whole) ? null : whole;
}

/** A whole number within bounds; null for anything else. `1.0` and `1,0` are how spreadsheets write 1. */
export function wholeNumberValue(text: string | null, least: number, most: number): number | null {
  if (text === null) return null;
  const digits = WHOLE_AS_DECIMAL.exec(text)?.[1] ?? text;
  if (!/^\d{1,9}$/.test(digits)) return null;
  const value = Number(digits);
  return value >= least && value <= most ? value : null;
}
