import type { PartialDate } from '../../domain/partial-date.ts';
import { withoutPlaceholder } from '../compare-dates.ts';
import { normaliseName } from '../normalise-name.ts';
import { CellCache } from './cell-cache.ts';
import type { PackedDate } from './date-levels.ts';
import type { LinkageField } from './linkage-field.ts';
import type { ValuePools } from './value-pools.ts';
import { readWrittenDate } from './written-date.ts';

/** Turns the cells of one column into numbers, 0 for unknown. */
export interface CellReader {
  fromText(text: string): number;
  /** The same for a range of UTF-8 bytes. */
  fromBytes(bytes: Uint8Array, start: number, end: number): number;
}

const [MALE, FEMALE] = [1, 2];
/** How files write sexes. */
const SEXES: ReadonlyMap<string, number> = new Map([
  ...['M', 'H', '1', 'MASCULIN', 'HOMME', 'MALE'].map((text) => [text, MALE] as const),
  ...['F', '2', 'FEMININ', 'FÉMININ', 'FEMME', 'FEMALE'].map((text) => [text, FEMALE] as const),
]);

const DECODER = new TextDecoder();

/** Readers of a file's columns. Columns of one kind share what they remember: a first name is also a mother's. */
export function cellReaders(fields: readonly LinkageField[], pools: ValuePools): readonly CellReader[] {
  const caches = new Map<string, CellCache>();
  return fields.map((field) => {
    const cache = caches.get(field.kind) ?? new CellCache();
    caches.set(field.kind, cache);
    const fromText = textReader(field, pools);
    const decoded = (bytes: Uint8Array, start: number, end: number): number =>
      fromText(DECODER.decode(bytes.subarray(start, end)));
    if (field.kind !== 'number')
      return { fromText, fromBytes: (bytes, start, end) => cache.valueOf(bytes, start, end, decoded) };
    return {
      fromText,
      fromBytes: (bytes, start, end) => {
        const id = pools.numbers.idOfDigits(bytes, start, end);
        return id >= 0 ? id : decoded(bytes, start, end);
      },
    };
  });
}

function textReader(field: LinkageField, pools: ValuePools): (text: string) => number {
  switch (field.kind) {
    case 'name':
      return (text) => pools.names.idOf(text.trim());
    case 'date':
      return remembered((text) => packDate(withoutPlaceholder(readWrittenDate(text), pools)));
    case 'sex':
      return (text) => SEXES.get(text.trim().toUpperCase()) ?? 0;
    case 'text':
      return remembered((text) => pools.texts.idOf(normaliseText(text.trim())));
    case 'number':
      return (text) => pools.numbers.idOf(text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
    case 'exact':
      return (text) => pools.texts.idOf(text.trim());
  }
}

/** Values repeat, and reading one costs a hundred times what looking it up does. */
function remembered(read: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>([['', 0]]);
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = read(text);
    known.set(text, value);
    return value;
  };
}

function packDate({ year, month, day }: PartialDate): PackedDate {
  return year === null ? 0 : year * 10_000 + (month ?? 0) * 100 + (day ?? 0);
}

/** Places and addresses: folded like names, their numbers kept. */
function normaliseText(text: string): string {
  if (!/\d/.test(text)) return normaliseName(text);
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^0-9A-Z]+/g, ' ')
    .trim();
}
