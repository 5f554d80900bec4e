const FIRST_ROOM = 1 << 16;

/** Keys and the rows that bear them, in the order they came. One buffer serves all passes of a job. */
export class KeyBuffer {
  keys = new Uint32Array(FIRST_ROOM);
  rows = new Uint32Array(FIRST_ROOM);
  count = 0;
  /** Row that the keys pushed next belong to. */
  row = 0;

  push(key: number): void {
    if (this.count === this.keys.length) this.#grow();
    this.keys[this.count] = key;
    this.rows[this.count] = this.row;
    this.count++;
  }

  #grow(): void {
    const [keys, rows] = [new Uint32Array(this.count * 2), new Uint32Array(this.count * 2)];
    keys.set(this.keys);
    rows.set(this.rows);
    this.keys = keys;
    this.rows = rows;
  }
}
