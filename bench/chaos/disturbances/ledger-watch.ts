import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the partner has carried out so far, read on as its ledger grows. */
export class LedgerWatch {
  readonly #path: string;
  readonly #people = new Set<string>();
  #offset = 0;
  #cut = '';
  #doubles = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** RNU people with a line. */
  has(person: string): boolean {
    return this.#people.has(person);
  }

  /** Lines beyond the first of somebody. */
  get doubles(): number {
    return this.#doubles;
  }

  /** Reads what was added since. */
  look(): void {
    if (!existsSync(this.#path)) return;
    const lines = (this.#cut + this.#added()).split('\n');
    this.#cut = lines.pop() ?? '';
    for (const line of lines) {
      const { person } = JSON.parse(line) as { readonly person: string };
      if (this.#people.has(person)) this.#doubles++;
      this.#people.add(person);
    }
  }

  #added(): string {
    const file = openSync(this.#path, 'r');
    try {
      const added = Buffer.alloc(Math.max(0, fstatSync(file).size - this.#offset));
      this.#offset += readSync(file, added, 0, added.length, this.#offset);
      // The ledger holds references and codes only: no character is cut in two.
      return added.toString('latin1');
    } finally {
      closeSync(file);
    }
  }
}
