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

/** The distinct patterns of a job: pairs by the million share some ten thousand of them. */
export class PatternBook {
  readonly patterns: Pattern[] = [];
  readonly #layout: SlotLayout;
  readonly #numberOf: (levels: Uint8Array) => number;

  constructor(layout: SlotLayout) {
    this.#layout = layout;
    this.#numberOf = patternNumbers(layout);
  }

  /** Counts a pattern and gives its number. */
  add(levels: Uint8Array): number {
    const number = this.#numberOf(levels);
    const pattern = this.patterns[number];
    if (pattern) pattern.count++;
    else this.patterns.push({ levels: levels.slice(), slots: this.#layout.slotsOf(levels), count: 1 });
    return number;
  }
}

/** Mixed-radix number where it fits a double exactly, text for files with very many columns. */
function patternNumbers({ fields }: SlotLayout): (levels: Uint8Array) => number {
  const radixes = fields.map((field) => levelCount(field.kind) + 1);
  const combinations = radixes.reduce((product, radix) => product * radix, 1);
  if (combinations > Number.MAX_SAFE_INTEGER) {
    const texts = new Interner();
    // Codes start at 1: the empty text has number 0.
    return (levels) => texts.idOf(String.fromCharCode(...levels)) - 1;
  }
  const table = new CodeTable();
  return (levels) => {
    let code = 0;
    for (let at = 0; at < radixes.length; at++) code = code * (radixes[at] ?? 1) + (levels[at] ?? 0);
    return table.numberOf(code);
  };
}
