import type { PartialDate } from '../../domain/partial-date.ts';
import { parsePartialDate } from '../../domain/partial-date.ts';
import { withoutPlaceholder } from '../compare-dates.ts';
import type { NameLexicon } from '../name-lexicon.ts';
import { normaliseName } from '../normalise-name.ts';
import type { PackedDate } from './date-levels.ts';
import { Interner } from './interner.ts';
import { LINKAGE_FIELDS, unknownField } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import { NamePool } from './name-pool.ts';

/** Distinct values of a job, shared by its two files so that equal values are equal numbers. */
export interface ValuePools {
  readonly names: NamePool;
  readonly texts: Interner;
  readonly numbers: Interner;
  readonly placeholderDays: readonly string[];
}

/** A file ready to be linked: one array of numbers per column, 0 for unknown. */
export interface LinkageTable {
  readonly ids: readonly string[];
  readonly fields: readonly LinkageField[];
  readonly columns: ReadonlyMap<string, Int32Array>;
}

/** A file that cannot be linked. */
export class LinkageTableError extends Error {
  readonly code: 'LINKAGE_NO_ID' | 'LINKAGE_NO_COLUMN' | 'LINKAGE_DUPLICATE_COLUMN';

  constructor(code: LinkageTableError['code'], detail: string) {
    super(`${detail} (${code})`);
    this.name = 'LinkageTableError';
    this.code = code;
  }
}

export function createValuePools(lexicon: NameLexicon, placeholderDays: readonly string[]): ValuePools {
  return { names: new NamePool(lexicon), texts: new Interner(), numbers: new Interner(), placeholderDays };
}

/**
 * Reads a file's rows. `header` names the columns as in the file, `aliases` maps those names to known ones
 * (`{"prenoms":"given_names"}`). Column `id` is required. Short rows end in unknown values.
 */
export function readLinkageTable(
  header: readonly string[],
  rows: Iterable<readonly string[]>,
  aliases: Readonly<Record<string, string>>,
  pools: ValuePools,
): LinkageTable {
  const names = header.map((name) => aliases[name.trim()] ?? name.trim());
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw new LinkageTableError('LINKAGE_DUPLICATE_COLUMN', `Column "${repeated}" twice`);
  const idColumn = names.indexOf('id');
  if (idColumn < 0) throw new LinkageTableError('LINKAGE_NO_ID', 'No column "id"');
  const fields = fieldsNamed(names);
  const readers = fields.map((field) => ({ at: names.indexOf(field.name), read: reader(field, pools) }));
  const ids: string[] = [];
  const values: number[][] = fields.map(() => []);
  for (const row of rows) {
    ids.push(row[idColumn] ?? '');
    readers.forEach(({ at, read }, field) => values[field]?.push(read((row[at] ?? '').trim())));
  }
  const columns = new Map(fields.map((field, at) => [field.name, Int32Array.from(values[at] ?? [])]));
  return { ids, fields, columns };
}

/** The fields that both files have, each after the one it depends on. Throws `LINKAGE_NO_COLUMN` when there is none. */
export function sharedFields(left: LinkageTable, right: LinkageTable): readonly LinkageField[] {
  const fields = left.fields.filter((field) => right.columns.has(field.name));
  if (fields.length === 0) throw new LinkageTableError('LINKAGE_NO_COLUMN', 'The files share no column');
  const names = new Set(fields.map((field) => field.name));
  return fields.map((field) =>
    field.dependsOn !== null && !names.has(field.dependsOn) ? { ...field, dependsOn: null } : field,
  );
}

function fieldsNamed(names: readonly string[]): readonly LinkageField[] {
  const known = LINKAGE_FIELDS.filter((field) => names.includes(field.name));
  const others = names.filter((name) => name !== 'id' && !known.some((field) => field.name === name));
  return [...known, ...others.map(unknownField)];
}

function reader(field: LinkageField, pools: ValuePools): (text: string) => number {
  switch (field.kind) {
    case 'name':
      return (text) => pools.names.idOf(text);
    case 'date':
      return (text) => packDate(withoutPlaceholder(parsePartialDate(text), pools));
    case 'sex':
      return (text) => ({ M: 1, F: 2 })[text.toUpperCase()] ?? 0;
    case 'text':
      return (text) => pools.texts.idOf(normaliseText(text));
    case 'number':
      return (text) => pools.numbers.idOf(text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
    case 'exact':
      return (text) => pools.texts.idOf(text);
  }
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
