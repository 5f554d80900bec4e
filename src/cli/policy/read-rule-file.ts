import { readFile, stat } from 'node:fs/promises';
import { UnusableFile } from '../unusable-file.ts';

/** The largest rule file shipped has some tens of kilobytes. */
const LARGEST = 5_000_000;

/** The text of a file named on the command line, without a byte order mark. Throws `UnusableFile`. */
export async function readRuleFile(path: string): Promise<string> {
  if ((await stat(path)).size > LARGEST)
    throw new UnusableFile(`${path} est trop grand pour un fichier de règles.`, 'Vérifiez le chemin.');
  return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
}
