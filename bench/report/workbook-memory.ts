/** Memory of a report's tables: CSV and workbook together, at the lines of a small night and of a country's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { column, type ReportTable } from '../../src/reports/table/report-table.ts';
import { openReportFiles } from '../../src/reports/table/report-tables.ts';

const PAGE = 2_000;
const COLUMNS = 23;
/** As many as a report has. */
const SHEETS = 16;

type Row = readonly string[];

function table(sheet: number): ReportTable<Row> {
  return {
    file: `liste-${sheet}.csv`,
    sheet: `Liste ${sheet}`,
    columns: Array.from({ length: COLUMNS }, (_, at) => column(`Colonne ${at + 1}`)),
    cells: (row) => row,
  };
}

/** Writes `people` lines into one table, and into each of the others half as many; returns the peak of RSS, MiB. */
async function written(people: number, workbookLines: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-mesure-'));
  try {
    const tables = openReportFiles(folder, workbookLines);
    for (let sheet = 1; sheet <= SHEETS; sheet += 1) {
      const lines = sheet === 1 ? people : people / 2;
      for (let line = 0; line < lines; line += PAGE) {
        const page = Array.from({ length: Math.min(PAGE, lines - line) }, (_, at) =>
          Array.from({ length: COLUMNS }, (__, cell) => `valeur ${line + at} de la colonne ${cell}`),
        );
        await tables.write(table(sheet), page);
      }
    }
    await tables.finish();
    await tables.workbook();
    return process.resourceUsage().maxRSS / 1024;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `npm run bench -- workbook-memory [PEOPLE [LINES OF A SHEET]]`: the peak of this process, which does nothing else. */
export async function workbookMemoryBench([people = '300000', lines = '10000']: readonly string[]): Promise<string> {
  const before = process.memoryUsage().rss / 2 ** 20;
  const peak = await written(Number(people), Number(lines));
  return (
    `${people} people, ${SHEETS} tables of ${COLUMNS} columns, ${lines} lines a sheet: ` +
    `peak ${peak.toFixed(0)} MiB RSS, ${before.toFixed(0)} before`
  );
}
