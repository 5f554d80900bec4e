import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LinkedPair } from '../../matching/linkage/link-tables.ts';
import { LINKED_PAIR_HEADER, linkedPairLine } from '../../matching/linkage/linked-pair-csv.ts';

const WRITE_CHARACTERS = 256 * 1024;

/**
 * Writes the answer beside its place and then moves it there: a reader never sees half a file, and a stopped command
 * leaves the former answer as it was.
 */
export async function writePairFile(
  path: string,
  pairs: Iterable<LinkedPair>,
  onLine: (written: number) => void,
): Promise<void> {
  const target = resolve(path);
  const draft = `${target}.${process.pid}.partiel`;
  const file = await open(draft, 'w');
  try {
    let text = `${LINKED_PAIR_HEADER}\n`;
    let written = 0;
    for (const pair of pairs) {
      text += `${linkedPairLine(pair)}\n`;
      written++;
      if (text.length < WRITE_CHARACTERS) continue;
      await file.write(text);
      onLine(written);
      text = '';
    }
    await file.write(text);
    await file.sync();
    await file.close();
    await rename(draft, target);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}
