import { open } from 'node:fs/promises';
import { BYTE_ORDER_MARK, csvLine, type Cell } from '../../domain/french/csv.ts';
import type { Database } from '../../store/database.ts';
import { listUnreadable, type KeptUnreadableLine } from '../../store/intake/list-unreadable.ts';

const HEADER = ['ligne', 'champ', 'code', 'explication', 'remède', 'contenu'];

/**
 * Writes a batch's unreadable lines as a CSV file that a French Excel opens as it is (semicolons, byte order mark, CR
 * LF), to be sent back to the agency. Replaces the file; returns the number of lines written. Holds personal data.
 */
export async function writeErrorFile(database: Database, batchId: string, path: string): Promise<number> {
  // Readable by its owner only: the contents are people's data.
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(BYTE_ORDER_MARK + csvLine(HEADER));
    let written = 0;
    for await (const page of listUnreadable(database.db, batchId)) {
      await file.write(page.map((line) => csvLine(cells(line))).join(''));
      written += page.length;
    }
    return written;
  } finally {
    await file.close();
  }
}

function cells(line: KeptUnreadableLine): readonly Cell[] {
  return [line.line_number, line.field, line.code, line.explanation, line.remedy, line.raw_line];
}
