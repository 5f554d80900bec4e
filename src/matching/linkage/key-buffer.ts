const FIRST_ROOM = 1 << 16;

/** Keys and the rows that bear them, side by side. */
export interface KeyEntries {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

/** Keys and the rows that bear them, in the order they came. One buffer serves all passes of a job. */
export class KeyBuffer {
  count = 0;
  /** Row that the keys pushed next belong to. */
  row = 0;
  #entries = room(FIRST_ROOM);
  #spare = room(0);

  get keys(): Uint32Array {
    return this.#entries.keys;
  }

  get rows(): Uint32Array {
    return this.#entries.rows;
  }

  /** Arrays as long as those in use, of any content: what moves entries moves them there and back. */
  get spare(): KeyEntries {
    if (this.#spare.keys.length !== this.#entries.keys.length) this.#spare = room(this.#entries.keys.length);
    return this.#spare;
  }

  push(key: number): void {
    if (this.count === this.#entries.keys.length) this.#grow();
    this.#entries.keys[this.count] = key;
    this.#entries.rows[this.count] = this.row;
    this.count++;
  }

  /** Makes the spare arrays those in use. */
  exchange(): void {
    const { spare } = this;
    this.#spare = this.#entries;
    this.#entries = spare;
  }

  #grow(): void {
    const larger = room(this.count * 2);
    larger.keys.set(this.#entries.keys);
    larger.rows.set(this.#entries.rows);
    this.#entries = larger;
    this.#spare = room(0);
  }
}

function room(entries: number): KeyEntries {
  return { keys: new Uint32Array(entries), rows: new Uint32Array(entries) };
}
