import { cellReaders } from './cell-reader.ts';
import type { CellReader } from './cell-reader.ts';
import { LINKAGE_FIELDS, unknownField } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import { NumberColumn } from './number-column.ts';
import { TextColumn } from './text-column.ts';
import type { ValuePools } from './value-pools.ts';

export { createValuePools } from './value-pools.ts';
export type { ValuePools } from './value-pools.ts';

const NO_VALUES = new Int32Array(0);
/** A file ready to be linked: one array of numbers per column, 0 for unknown. */
export interface LinkageTable {
  readonly ids: TextColumn;
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

/**
 * Takes a file's rows one by one and makes its table. `header` names the columns as in the file, `aliases` maps those names
 * to known ones (`{"prenoms":"given_names"}`). Column `id` is required. Short rows end in unknown values. A name mapped
 * to the empty text is a column to leave out.
 */
export class LinkageTableBuilder {
  readonly #fields: readonly LinkageField[];
  readonly #idColumn: number;
  readonly #sources: readonly Source[];
  readonly #ids = new TextColumn();

  /** Throws `LinkageTableError`. */
  constructor(header: readonly string[], aliases: Readonly<Record<string, string>>, pools: ValuePools) {
    const names = header.map((name) => aliases[name.trim()] ?? name.trim());
    const repeated = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
    if (repeated !== undefined) throw new LinkageTableError('LINKAGE_DUPLICATE_COLUMN', `Column "${repeated}" twice`);
    this.#idColumn = names.indexOf('id');
    if (this.#idColumn < 0) throw new LinkageTableError('LINKAGE_NO_ID', 'No column "id"');
    this.#fields = fieldsNamed(names.filter((name) => name !== ''));
    const readers = cellReaders(this.#fields, pools);
    this.#sources = readers.map((reader, field) => ({
      at: names.indexOf(this.#fields[field]?.name ?? ''),
      reader,
      values: new NumberColumn(),
    }));
  }

  /** `id` stands for the row where its own cell does not serve. */
  add(cells: readonly string[], id = cells[this.#idColumn] ?? ''): void {
    this.#ids.push(id);
    for (const { at, reader, values } of this.#sources) values.push(reader.fromText(cells[at] ?? ''));
  }

  /** Adds a row given as UTF-8: cell n lies from `bounds[2n]` to `bounds[2n+1]`. */
  addBytes(bytes: Uint8Array, bounds: Int32Array): void {
    this.#ids.pushBytes(bytes, bounds[2 * this.#idColumn] ?? 0, bounds[2 * this.#idColumn + 1] ?? 0);
    for (const { at, reader, values } of this.#sources) {
      const [start, end] = [bounds[2 * at] ?? 0, bounds[2 * at + 1] ?? 0];
      values.push(start === end ? 0 : reader.fromBytes(bytes, start, end));
    }
  }

  finish(): LinkageTable {
    const columns = new Map(
      this.#fields.map((field, at) => [field.name, this.#sources[at]?.values.finish() ?? NO_VALUES]),
    );
    return { ids: this.#ids, fields: this.#fields, columns };
  }
}

/** Where the values of a field come from and go to. */
interface Source {
  readonly at: number;
  readonly reader: CellReader;
  readonly values: NumberColumn;
}

/** Reads a file's rows at once; see {@link LinkageTableBuilder}. */
export function readLinkageTable(
  header: readonly string[],
  rows: Iterable<readonly string[]>,
  aliases: Readonly<Record<string, string>>,
  pools: ValuePools,
): LinkageTable {
  const builder = new LinkageTableBuilder(header, aliases, pools);
  for (const row of rows) builder.add(row);
  return builder.finish();
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
