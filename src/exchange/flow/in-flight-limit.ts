/** At most so many at once, the others in order of arrival. One per destination, shared by all its calls. */
export class InFlightLimit {
  readonly #max: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Runs the task when a place is free. False from `stillWanted` when its turn comes: null, and the task never ran. */
  async run<T>(task: () => Promise<T>, stillWanted: () => boolean): Promise<T | null> {
    if (this.#running < this.#max) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return stillWanted() ? await task() : null;
    } finally {
      // The place is handed over, not freed and taken again: nobody can slip in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
