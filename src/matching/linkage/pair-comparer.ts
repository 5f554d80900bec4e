import type { NameLexicon } from '../name-lexicon.ts';
import { packedDateLevel } from './date-levels.ts';
import { levelCount } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { fillMissingPlaces } from './missing-places.ts';
import { NAME_LEVEL, NameLevels } from './name-levels.ts';
import { BLOCK_ROWS, type LevelBlock } from './pattern-book.ts';
import { numberLevel, TextLevels } from './text-levels.ts';

/** Rows of a run of pairs. */
export interface PairRows {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/** Compares pairs `from` and following, as many as `block.count` says, and writes the levels of their fields. */
export type PairComparer = (pairs: PairRows, from: number, block: LevelBlock) => void;

type LevelOf = (a: number, b: number) => number;

/** Writes one field's levels of a run of pairs, from its values on both sides. */
type Kernel = (a: Int32Array, b: Int32Array, count: number, levels: Uint8Array) => void;

/**
 * Builds the comparison of two files' rows, field by field in the order of `fields`. A field is compared for a whole run
 * of pairs before the next: its loop stays small and its memory near. The values of a run are gathered first, row by row,
 * from a copy in which a row's values lie side by side: column by column, each value of a far row is a wait for memory.
 */
export function pairComparer(
  fields: readonly LinkageField[],
  left: LinkageTable,
  right: LinkageTable,
  pools: ValuePools,
  lexicon: NameLexicon,
): PairComparer {
  const names = {
    given: new NameLevels('given', pools.names, lexicon),
    family: new NameLevels('family', pools.names, lexicon),
  };
  const texts = new TextLevels(pools.texts);
  const columns = fields.map((field) => ({
    a: left.columns.get(field.name) ?? NO_VALUES,
    b: right.columns.get(field.name) ?? NO_VALUES,
  }));
  const kernels = fields.map((field) => kernelOf(field, names, texts, pools));
  const rowsA = new RowValues(columns.map(({ a }) => a));
  const rowsB = left === right ? rowsA : new RowValues(columns.map(({ b }) => b));
  const [valuesA, valuesB] = [blockValues(fields.length), blockValues(fields.length)];
  const [givenAt, familyAt] = [positionOf(fields, 'given_names'), positionOf(fields, 'family_name')];
  const [given, family] = [columns[givenAt], columns[familyAt]];
  const align =
    given && family
      ? blockAligner(
          { ...given, level: (a, b) => names.given.level(a, b) },
          { ...family, level: (a, b) => names.family.level(a, b) },
          pools,
        )
      : null;
  const [placeAt, communeAt] = ['place_of_birth', 'commune'].map((name) => positionOf(fields, name));
  const fillPlaces = (block: LevelBlock): void => {
    const levels = block.fields[placeAt ?? -1];
    const [placeA, placeB] = [valuesA[placeAt ?? -1], valuesB[placeAt ?? -1]];
    const [communeA, communeB] = [valuesA[communeAt ?? -1], valuesB[communeAt ?? -1]];
    if (levels && placeA && placeB && communeA && communeB)
      fillMissingPlaces({ placeA, placeB, communeA, communeB }, block.count, levels, texts);
  };
  return (pairs, from, block) => {
    rowsA.gather(pairs.left, from, block.count, valuesA);
    rowsB.gather(pairs.right, from, block.count, valuesB);
    kernels.forEach((kernel, at) => {
      const levels = block.fields[at];
      if (levels) kernel(valuesA[at] ?? NO_VALUES, valuesB[at] ?? NO_VALUES, block.count, levels);
    });
    fillPlaces(block);
    const [givenLevels, familyLevels] = [block.fields[givenAt], block.fields[familyAt]];
    if (align && givenLevels && familyLevels) align(pairs, from, block.count, givenLevels, familyLevels);
  };
}

const NO_VALUES = new Int32Array(0);

function positionOf(fields: readonly LinkageField[], name: string): number {
  return fields.findIndex((field) => field.name === name);
}

/** The values of a table's rows, those of a row side by side. */
class RowValues {
  readonly #values: Int32Array;
  readonly #width: number;
  readonly #starts = new Uint32Array(BLOCK_ROWS);

  constructor(columns: readonly Int32Array[]) {
    const rows = columns[0]?.length ?? 0;
    this.#width = columns.length;
    this.#values = new Int32Array(rows * columns.length);
    columns.forEach((column, at) => {
      for (let row = 0; row < rows; row++) this.#values[row * this.#width + at] = column[row] ?? 0;
    });
  }

  /**
   * Copies the values of `rows[from …]` into one array per column. The first column brings the rows into the processor's
   * cache, many at a time since nothing waits for them; the others find them there.
   */
  gather(rows: Uint32Array, from: number, count: number, into: readonly Int32Array[]): void {
    const starts = this.#starts;
    for (let k = 0; k < count; k++) starts[k] = (rows[from + k] ?? 0) * this.#width;
    into.forEach((column, at) => pick(this.#values, starts, at, count, column));
  }
}

function pick(values: Int32Array, starts: Uint32Array, at: number, count: number, into: Int32Array): void {
  for (let k = 0; k < count; k++) into[k] = values[(starts[k] ?? 0) + at] ?? 0;
}

function blockValues(fields: number): readonly Int32Array[] {
  return Array.from({ length: fields }, () => new Int32Array(BLOCK_ROWS));
}

function kernelOf(
  field: LinkageField,
  names: { readonly given: NameLevels; readonly family: NameLevels },
  texts: TextLevels,
  pools: ValuePools,
): Kernel {
  switch (field.kind) {
    case 'name':
      return nameKernel(field.name.includes('family') ? names.family : names.given);
    case 'date':
      return dateKernel;
    case 'text':
      return textKernel(texts);
    case 'number':
      return numberKernel(pools.numbers);
    case 'sex':
    case 'exact':
      return exactKernel(levelCount(field.kind));
  }
}

// One loop for each kind, though they look alike: a loop shared by all kinds calls what the engine cannot inline, and
// takes three times as long.

function nameKernel(names: NameLevels): Kernel {
  return (a, b, count, levels) => names.fill(a, b, count, levels);
}

function dateKernel(a: Int32Array, b: Int32Array, count: number, levels: Uint8Array): void {
  for (let k = 0; k < count; k++) levels[k] = packedDateLevel(a[k] ?? 0, b[k] ?? 0);
}

function textKernel(texts: TextLevels): Kernel {
  return (a, b, count, levels) => {
    for (let k = 0; k < count; k++) levels[k] = texts.level(a[k] ?? 0, b[k] ?? 0);
  };
}

function numberKernel(numbers: ValuePools['numbers']): Kernel {
  return (a, b, count, levels) => {
    for (let k = 0; k < count; k++) levels[k] = numberLevel(numbers, a[k] ?? 0, b[k] ?? 0);
  };
}

function exactKernel(missing: number): Kernel {
  return (a, b, count, levels) => {
    for (let k = 0; k < count; k++) {
      const [one, other] = [a[k] ?? 0, b[k] ?? 0];
      levels[k] = one === 0 || other === 0 ? missing : one === other ? 0 : 1;
    }
  };
}

type BlockAligner = (pairs: PairRows, from: number, count: number, given: Uint8Array, family: Uint8Array) => void;

/** Aligns the names of those pairs of a run that need it. */
function blockAligner(given: NameColumn, family: NameColumn, pools: ValuePools): BlockAligner {
  const align = nameAligner(given, family, pools);
  const both = new Uint8Array(2);
  return ({ left, right }, from, count, givenLevels, familyLevels) => {
    for (let k = 0; k < count; k++) {
      const [givenLevel, familyLevel] = [givenLevels[k] ?? 0, familyLevels[k] ?? 0];
      const agree = givenLevel < NAME_LEVEL.weak || familyLevel < NAME_LEVEL.weak;
      if (agree && givenLevel !== NAME_LEVEL.missing && familyLevel !== NAME_LEVEL.missing) continue;
      both[0] = givenLevel;
      both[1] = familyLevel;
      align(left[from + k] ?? 0, right[from + k] ?? 0, both, 0, 1);
      givenLevels[k] = both[0];
      familyLevels[k] = both[1];
    }
  };
}

interface NameColumn {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly level: LevelOf;
}

type NameAligner = (i: number, j: number, levels: Uint8Array, givenAt: number, familyAt: number) => void;

/**
 * Tries what registries do to names when the plain comparison fails: given and family name exchanged, or both written
 * into one field. Two alignments tried make agreement by chance likelier, so only a plainly better one is taken.
 */
function nameAligner(given: NameColumn, family: NameColumn, pools: ValuePools): NameAligner {
  const { names } = pools;
  const wholes = new Map<number, number>();
  const whole = (givenId: number, familyId: number): number => {
    const both = givenId * 2 ** 26 + familyId;
    const known = wholes.get(both);
    if (known !== undefined) return known;
    const id = names.idOf(`${names.name(givenId).text} ${names.name(familyId).text}`);
    wholes.set(both, id);
    return id;
  };
  /** Given names without the other row's family name, if that is among them; 0 if it is not. */
  const splitOff = (both: number, familyId: number): number => {
    const words = names.name(both).words;
    if (familyId === 0 || words.length < 2) return 0;
    const at = words.findLastIndex(({ text }) => family.level(names.idOf(text), familyId) <= NAME_LEVEL.close);
    return at < 0
      ? 0
      : names.idOf(
          words
            .filter((_, word) => word !== at)
            .map(({ text }) => text)
            .join(' '),
        );
  };
  return (i, j, levels, givenAt, familyAt) => {
    const [givenLevel, familyLevel] = [levels[givenAt] ?? 0, levels[familyAt] ?? 0];
    if (givenLevel < NAME_LEVEL.weak || familyLevel < NAME_LEVEL.weak) {
      if (givenLevel !== NAME_LEVEL.missing && familyLevel !== NAME_LEVEL.missing) return;
    }
    const [givenA, givenB] = [given.a[i] ?? 0, given.b[j] ?? 0];
    const [familyA, familyB] = [family.a[i] ?? 0, family.b[j] ?? 0];
    if (givenA !== 0 && givenB !== 0 && familyA !== 0 && familyB !== 0) {
      // Which of the two rows is the inverted one: given names are compared as given names, short forms included.
      const inverted = [given.level(familyA, givenB), family.level(givenA, familyB)] as const;
      const other = [given.level(givenA, familyB), family.level(familyA, givenB)] as const;
      const crossed = inverted[0] + inverted[1] < other[0] + other[1] ? inverted : other;
      if (crossed[0] > NAME_LEVEL.near || crossed[1] > NAME_LEVEL.near) return;
      [levels[givenAt], levels[familyAt]] = crossed;
      return;
    }
    const apart = familyA === 0 ? splitOff(givenA, familyB) : familyB === 0 ? splitOff(givenB, familyA) : 0;
    if (apart !== 0) {
      const level = given.level(apart, familyA === 0 ? givenB : givenA);
      if (level <= NAME_LEVEL.near) {
        [levels[givenAt], levels[familyAt]] = [level, NAME_LEVEL.close];
        return;
      }
    }
    const fused = given.level(whole(givenA, familyA), whole(givenB, familyB));
    const bothWhole = fused <= NAME_LEVEL.close && (familyA !== 0 || familyB !== 0) && (givenA !== 0 || givenB !== 0);
    // The rarity of a whole name must not count as that of a given name.
    if (bothWhole) [levels[givenAt], levels[familyAt]] = [NAME_LEVEL.contained, NAME_LEVEL.close];
  };
}
