/**
 * At most so many at once, the others in order of arrival. One per destination, shared by all its calls. The limit is
 * asked for at every end of a call, because it moves: lowered, ends are not followed by beginnings until it is met;
 * raised, one end is followed by several.
 */
export class InFlightLimit {
  readonly #max: () => number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(max: () => number) {
    this.#max = max;
  }

  /** Runs the task when a place is free. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    // Whoever waits goes first: a free place with somebody waiting is one being handed over.
    if (this.#running < this.#max() && this.#waiting.length === 0) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      this.#running--;
      this.#handOver();
    }
  }

  #handOver(): void {
    while (this.#running < this.#max()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      // The place is taken here, not when the waiting task comes round: nobody can slip in between.
      this.#running++;
      next();
    }
  }
}
