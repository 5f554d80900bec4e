import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Whether LibreOffice can open files here. Missing, its tests are skipped and say so; `PNBSF_FORBID_SKIP=1` fails. */
export function hasLibreOffice(): boolean {
  if (spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0) return true;
  if (process.env['PNBSF_FORBID_SKIP'] === '1') throw new Error('soffice is missing and PNBSF_FORBID_SKIP is set');
  process.stderr.write(
    'SKIPPED: LibreOffice is not installed; nothing is shown about opening files in a spreadsheet.\n',
  );
  return false;
}

/** Comma, quotes, UTF-8, cells as they are shown, every sheet in a file of its own. */
const EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
/** Semicolon, quote, UTF-8, French, no column declared: as a double click in a French installation opens it. */
const FRENCH_CSV = 'CSV:59,34,76,1,,1036,false,false';

/** Opens a file as a spreadsheet and gives the cells of each sheet as they are shown, by name of the sheet. */
export async function openInSpreadsheet(path: string): Promise<ReadonlyMap<string, readonly (readonly string[])[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'tableur-'));
  try {
    const infilter = path.endsWith('.csv') ? [`--infilter=${FRENCH_CSV}`] : [];
    await writeFrenchProfile(join(folder, 'profil'));
    const profile = `-env:UserInstallation=file://${join(folder, 'profil')}`;
    const words = [profile, '--headless', ...infilter, '--convert-to', EVERY_SHEET, '--outdir', folder, path];
    const child = spawn('soffice', words, { stdio: 'ignore' });
    await once(child, 'exit');
    const prefix = `${basename(path).replace(/\.\w+$/, '')}-`;
    const sheets = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
    const cells = sheets.map(
      async (name) =>
        [name.slice(prefix.length, -'.csv'.length), csvCells(await readFile(join(folder, name), 'utf8'), ',')] as const,
    );
    return new Map(await Promise.all(cells));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A fresh user whose language is French, as in the offices that open these files. */
async function writeFrenchProfile(folder: string): Promise<void> {
  await mkdir(join(folder, 'user'), { recursive: true });
  const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>`;
  await writeFile(join(folder, 'user', 'registrymodifications.xcu'), settings);
}

/** The cells of a CSV text, quotes taken off. */
export function csvCells(text: string, separator: ',' | ';'): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const body = text.replace(/^\uFEFF/, '');
  while (cell.lastIndex < body.length) {
    const [, quoted, plain = '', end] = cell.exec(body) ?? [];
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === separator) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
