import { closeSync, openSync, writeSync } from 'node:fs';
import { NameLists } from '../../fixtures/population/names/name-lists.ts';
import { RandomStream } from '../../fixtures/population/random/random-stream.ts';
import { Country } from '../../fixtures/population/tables/place.ts';
import { Copyist } from './copyist.ts';
import { CROWD_COLUMNS, householdRows, type CrowdRow } from './crowd-household.ts';

/** Share of people who stand in the file a second time, written by somebody else. */
const TWICE = 0.04;
const WRITE_CHARACTERS = 1 << 20;

/**
 * Writes a file of invented people in households, some of them twice: `P12` and `P12-bis` are one person. The same size
 * and seed give the same file. Made for size and speed: names, places and family structure are plausible, no more.
 */
export function writeCrowdFile(path: string, people: number, seed: string): { readonly twice: number } {
  const stream = new RandomStream(seed);
  const [lists, country, copyist] = [new NameLists(), new Country(), new Copyist(stream)];
  const waiting: CrowdRow[] = [];
  const out = new BufferedFile(path);
  out.line(CROWD_COLUMNS.join(','));
  let [rows, number, twice] = [0, 0, 0];
  while (rows < people) {
    for (const row of householdRows(++number, rows, lists, country, stream)) {
      if (rows + waiting.length >= people) break;
      out.line(Object.values(row).join(','));
      rows++;
      if (stream.chance(TWICE)) waiting.push(copyist.copy(row, `H${number + 1_000_000_000}`));
    }
    if (rows + waiting.length >= people) break;
  }
  for (const row of waiting) {
    out.line(Object.values(row).join(','));
    twice++;
  }
  out.close();
  return { twice };
}

class BufferedFile {
  readonly #file: number;
  #text = '';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  line(text: string): void {
    this.#text += `${text}\n`;
    if (this.#text.length < WRITE_CHARACTERS) return;
    writeSync(this.#file, this.#text);
    this.#text = '';
  }

  close(): void {
    writeSync(this.#file, this.#text);
    closeSync(this.#file);
  }
}
