const CHUNK = 1 << 20;
/** Longer lists than this are sorted by the library. */
const SHORT_LIST = 40;

/** Pairs of rows worth comparing, ordered by left row then right row, each once. */
export interface CandidatePairs {
  readonly count: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/** Collects pairs in any order and with repeats: eight bytes a pair, in pieces that are never copied. */
export class PairStore {
  readonly #leftSize: number;
  readonly #rightSize: number;
  #chunks: Uint32Array[] = [];
  #current = new Uint32Array(0);
  #used = 0;

  constructor(leftSize: number, rightSize: number) {
    this.#leftSize = leftSize;
    this.#rightSize = rightSize;
  }

  get count(): number {
    return this.#chunks.length === 0 ? 0 : (this.#chunks.length - 1) * CHUNK + this.#used / 2;
  }

  push(left: number, right: number): void {
    if (this.#used === this.#current.length) {
      this.#current = new Uint32Array(CHUNK * 2);
      this.#chunks.push(this.#current);
      this.#used = 0;
    }
    this.#current[this.#used] = left;
    this.#current[this.#used + 1] = right;
    this.#used += 2;
  }

  /** The distinct pairs; the store is empty afterwards. */
  distinct(): CandidatePairs {
    const starts = new Uint32Array(this.#leftSize + 1);
    const rights = this.#byLeft(starts);
    const count = dropRepeats(starts, rights, this.#leftSize, this.#rightSize);
    const left = new Uint32Array(count);
    for (let row = 0; row < this.#leftSize; row++) left.fill(row, starts[row], starts[row + 1]);
    return { count, left, right: rights.subarray(0, count) };
  }

  /** Right rows in the order of their left rows; `starts` gets where each left row's begin. */
  #byLeft(starts: Uint32Array): Uint32Array {
    const total = this.count;
    this.#eachChunk((chunk, end) => {
      for (let at = 0; at < end; at += 2) {
        const row = (chunk[at] ?? 0) + 1;
        starts[row] = (starts[row] ?? 0) + 1;
      }
    });
    for (let row = 1; row < starts.length; row++) starts[row] = (starts[row] ?? 0) + (starts[row - 1] ?? 0);
    const next = starts.slice();
    const rights = new Uint32Array(total);
    this.#eachChunk((chunk, end) => {
      for (let at = 0; at < end; at += 2) {
        const row = chunk[at] ?? 0;
        const place = next[row] ?? 0;
        next[row] = place + 1;
        rights[place] = chunk[at + 1] ?? 0;
      }
    });
    this.#chunks = [];
    this.#current = new Uint32Array(0);
    this.#used = 0;
    return rights;
  }

  #eachChunk(visit: (chunk: Uint32Array, end: number) => void): void {
    this.#chunks.forEach((chunk, at) => {
      visit(chunk, at === this.#chunks.length - 1 ? this.#used : chunk.length);
    });
  }
}

/** Keeps each right row of a left row once, in order, and closes the gaps. Returns how many are left. */
function dropRepeats(starts: Uint32Array, rights: Uint32Array, leftSize: number, rightSize: number): number {
  const metBy = new Uint32Array(rightSize);
  let kept = 0;
  let from = 0;
  for (let row = 0; row < leftSize; row++) {
    const to = starts[row + 1] ?? from;
    const first = kept;
    for (let at = from; at < to; at++) {
      const right = rights[at] ?? 0;
      if (metBy[right] === row + 1) continue;
      metBy[right] = row + 1;
      rights[kept] = right;
      kept++;
    }
    sortRange(rights, first, kept);
    from = to;
    starts[row] = first;
  }
  starts[leftSize] = kept;
  return kept;
}

function sortRange(values: Uint32Array, from: number, to: number): void {
  if (to - from > SHORT_LIST) {
    values.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const value = values[at] ?? 0;
    let place = at;
    while (place > from && (values[place - 1] ?? 0) > value) {
      values[place] = values[place - 1] ?? 0;
      place--;
    }
    values[place] = value;
  }
}
