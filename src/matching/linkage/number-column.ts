const FIRST_ROOM = 1024;

/** A column of whole numbers that grows: four bytes a row, where an array of numbers takes eight and doubles by copying. */
export class NumberColumn {
  #values = new Int32Array(FIRST_ROOM);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#count++;
  }

  /** The values so far and spare room; outdated by the next `push`. */
  get values(): Int32Array {
    return this.#values;
  }

  /** The values; a copy without spare room. */
  finish(): Int32Array {
    return this.#values.slice(0, this.#count);
  }
}
