import type { ReportTable } from './report-table.ts';
import { openTableFile, type TableFile, type WrittenFile } from './table-file.ts';
import { Workbook } from './workbook.ts';

/** All tables of a report, each written to its CSV and to its sheet at once. */
export interface ReportTables {
  /** Adds lines to a table; the first call starts its file, also with no lines: an empty list says "nobody". */
  write<Item>(table: ReportTable<Item>, items: readonly Item[]): Promise<void>;
  /** Completes every CSV, in the order in which they were started. */
  finish(): Promise<readonly WrittenFile[]>;
  workbook(): Promise<Buffer>;
  /** Closes what is open, after an error. */
  abandon(): Promise<void>;
}

/** Starts a report in a folder. A table is known by the name of its file. */
export function openReportFiles(folder: string, workbookLines: number): ReportTables {
  const workbook = new Workbook(workbookLines);
  const files = new Map<string, TableFile<never>>();
  return {
    async write(table, items) {
      const file = files.get(table.file) ?? (await openTableFile(folder, table));
      if (!files.has(table.file)) {
        files.set(table.file, file);
        workbook.add(table);
      }
      await (file as TableFile<unknown>).write(items);
      workbook.write(table, items);
    },
    async finish() {
      const written: WrittenFile[] = [];
      for (const file of files.values()) written.push(await file.finish());
      return written;
    },
    workbook: () => workbook.toBuffer(),
    async abandon() {
      // Those that are finished already refuse to be closed again, which is of no interest after an error.
      await Promise.allSettled([...files.values()].map((file) => file.abandon()));
    },
  };
}
