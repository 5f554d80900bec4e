import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/french/csv.ts';
import { csvCells, type ReportTable } from './report-table.ts';

/** A file as it was written: what the manifest says of it. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Lines below the header; null for files that are no table. */
  readonly lines: number | null;
}

/** A CSV being written. Its sum is taken of what is written, so that a disk that lies is found by reading it back. */
export interface TableFile<Item> {
  write(items: readonly Item[]): Promise<void>;
  /** Forces the file to disk and closes it. */
  finish(): Promise<WrittenFile>;
  /** Closes it as it stands, after an error elsewhere. */
  abandon(): Promise<void>;
}

/** Starts a table's CSV in a folder, readable by its owner only: these are people. */
export async function openTableFile<Item>(folder: string, table: ReportTable<Item>): Promise<TableFile<Item>> {
  const file = await open(join(folder, table.file), 'w', 0o600);
  const sum = createHash('sha256');
  const titles = table.columns.map(({ title }) => title);
  let bytes = await append(file, sum, BYTE_ORDER_MARK + csvLine(titles));
  let lines = 0;
  return {
    async write(items) {
      if (items.length === 0) return;
      bytes += await append(file, sum, items.map((item) => csvLine(csvCells(table, item))).join(''));
      lines += items.length;
    },
    async finish() {
      await file.sync();
      await file.close();
      return { name: table.file, bytes, sha256: sum.digest('hex'), lines };
    },
    abandon: () => file.close(),
  };
}

/** Writes a file that is no table, readable by its owner only. */
export async function writeWhole(folder: string, name: string, content: string | Uint8Array): Promise<WrittenFile> {
  const file = await open(join(folder, name), 'w', 0o600);
  const sum = createHash('sha256');
  try {
    const bytes = await append(file, sum, content);
    await file.sync();
    return { name, bytes, sha256: sum.digest('hex'), lines: null };
  } finally {
    await file.close();
  }
}

async function append(file: FileHandle, sum: Hash, content: string | Uint8Array): Promise<number> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  await file.writeFile(bytes);
  sum.update(bytes);
  return bytes.length;
}
