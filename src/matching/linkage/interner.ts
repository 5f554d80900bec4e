/** Numbers texts, so that columns are small arrays and equal texts are equal numbers. 0 is the empty text. */
export class Interner {
  readonly #ids = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];

  get size(): number {
    return this.#texts.length;
  }

  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#ids.set(text, id);
    this.#texts.push(text);
    return id;
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }
}
