import type { CountedLines, LinkageFile } from './linkage-file.ts';

const FIRST_SHOWN = 5;

/** Rows whose id an earlier row already bears. They are kept: what they are is for the comparison to say. */
export function repeatedIds({ table: { ids }, lineNumbers }: LinkageFile): CountedLines {
  const hashes = Uint32Array.from({ length: ids.length }, (_, row) => ids.hashAt(row));
  const sorted = hashes.slice().sort();
  const shared = new Set<number>();
  for (let at = 1; at < sorted.length; at++) {
    const hash = sorted[at];
    if (hash !== undefined && hash === sorted[at - 1]) shared.add(hash);
  }
  const met = new Set<string>();
  const repeated: CountedLines = { count: 0, first: [] };
  for (let row = 0; row < ids.length; row++) {
    if (!shared.has(hashes[row] ?? 0)) continue;
    const id = ids.at(row);
    if (met.has(id)) {
      repeated.count++;
      if (repeated.first.length < FIRST_SHOWN) repeated.first.push(lineNumbers[row] ?? 0);
    } else met.add(id);
  }
  return repeated;
}
