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
  readonly #numbers = new Map<number | string, number>();
  readonly #layout: SlotLayout;
  readonly #codeOf: (levels: Uint8Array) => number | string;

  constructor(layout: SlotLayout) {
    this.#layout = layout;
    this.#codeOf = codeFunction(layout);
  }

  /** Counts a pattern and gives its number. */
  add(levels: Uint8Array, times = 1): number {
    const code = this.#codeOf(levels);
    const known = this.#numbers.get(code);
    if (known !== undefined) {
      const pattern = this.patterns[known];
      if (pattern) pattern.count += times;
      return known;
    }
    const number = this.patterns.length;
    this.#numbers.set(code, number);
    this.patterns.push({ levels: levels.slice(), slots: this.#layout.slotsOf(levels), count: times });
    return number;
  }
}

/** Mixed-radix number where it fits a double exactly, text for files with very many columns. */
function codeFunction({ fields }: SlotLayout): (levels: Uint8Array) => number | string {
  const radixes = fields.map((field) => levelCount(field.kind) + 1);
  const combinations = radixes.reduce((product, radix) => product * radix, 1);
  if (combinations > Number.MAX_SAFE_INTEGER) return (levels) => String.fromCharCode(...levels);
  return (levels) => {
    let code = 0;
    for (let at = 0; at < radixes.length; at++) code = code * (radixes[at] ?? 1) + (levels[at] ?? 0);
    return code;
  };
}
