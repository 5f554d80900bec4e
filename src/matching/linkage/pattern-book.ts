import { CodeTable } from './code-table.ts';
import { Interner } from './interner.ts';
import { levelCount } from './linkage-field.ts';
import type { SlotLayout } from './slot-layout.ts';

/** A combination of levels that occurred, and how often. */
export interface Pattern {
  readonly levels: Uint8Array;
  readonly slots: Int32Array;
  count: number;
}

const FIRST_PATTERNS = 1 << 14;

/** Pairs compared at a time: their values and levels stay in the processor's cache. */
export const BLOCK_ROWS = 1 << 10;

/** Levels of some pairs, field by field: `fields[f][k]` is the level of field f of pair k. */
export interface LevelBlock {
  readonly fields: readonly Uint8Array[];
  count: number;
}

/** The distinct patterns of a job: pairs by the million share some ten thousand of them. */
export class PatternBook {
  readonly #patterns: Pattern[] = [];
  /** How often each occurred: counted here, since the patterns themselves lie all over the memory. */
  #counts = new Float64Array(FIRST_PATTERNS);
  readonly #layout: SlotLayout;
  readonly #numbers: PatternNumbers;
  readonly #levels: Uint8Array;

  constructor(layout: SlotLayout) {
    this.#layout = layout;
    this.#numbers = patternNumbers(layout);
    this.#levels = new Uint8Array(layout.fields.length);
  }

  get patterns(): readonly Pattern[] {
    this.#patterns.forEach((pattern, at) => (pattern.count = this.#counts[at] ?? 0));
    return this.#patterns;
  }

  /** Counts the patterns of a block and writes their numbers from `at` on. */
  add(block: LevelBlock, numbers: Int32Array, at: number): void {
    this.#numbers(block, numbers, at);
    const counts = this.#roomFor(this.#patterns.length + block.count);
    for (let pair = 0; pair < block.count; pair++) {
      const number = numbers[at + pair] ?? 0;
      const count = counts[number] ?? 0;
      counts[number] = count + 1;
      if (count === 0) this.#patterns.push(this.#pattern(block, pair));
    }
  }

  #roomFor(patterns: number): Float64Array {
    if (patterns <= this.#counts.length) return this.#counts;
    const larger = new Float64Array(2 * patterns);
    larger.set(this.#counts);
    this.#counts = larger;
    return larger;
  }

  #pattern(block: LevelBlock, pair: number): Pattern {
    block.fields.forEach((levels, field) => (this.#levels[field] = levels[pair] ?? 0));
    return { levels: this.#levels.slice(), slots: this.#layout.slotsOf(this.#levels), count: 1 };
  }
}

type PatternNumbers = (block: LevelBlock, numbers: Int32Array, at: number) => void;

/** Mixed-radix number where it fits a double exactly, text for files with very many columns. */
function patternNumbers({ fields }: SlotLayout): PatternNumbers {
  const radixes = fields.map((field) => levelCount(field.kind) + 1);
  const combinations = radixes.reduce((product, radix) => product * radix, 1);
  return combinations > Number.MAX_SAFE_INTEGER ? numbersByText() : numbersByCode(radixes);
}

function numbersByText(): PatternNumbers {
  const texts = new Interner();
  return ({ fields, count }, numbers, at) => {
    for (let pair = 0; pair < count; pair++)
      // Texts are numbered from 1: the empty one has number 0.
      numbers[at + pair] = texts.idOf(String.fromCharCode(...fields.map((levels) => levels[pair] ?? 0))) - 1;
  };
}

function numbersByCode(radixes: readonly number[]): PatternNumbers {
  const table = new CodeTable();
  let codes = new Float64Array(0);
  return ({ fields, count }, numbers, at) => {
    if (codes.length < count) codes = new Float64Array(count);
    codes.fill(0, 0, count);
    fields.forEach((levels, field) => shiftIn(codes, levels, radixes[field] ?? 1, count));
    for (let pair = 0; pair < count; pair++) numbers[at + pair] = table.numberOf(codes[pair] ?? 0);
  };
}

function shiftIn(codes: Float64Array, levels: Uint8Array, radix: number, count: number): void {
  for (let pair = 0; pair < count; pair++) codes[pair] = (codes[pair] ?? 0) * radix + (levels[pair] ?? 0);
}
