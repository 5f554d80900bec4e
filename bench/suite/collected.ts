import { spread } from '../spread.ts';
import type { FigureName, Measured } from './figures.ts';

/** Gathers repeats of figures as parts of the bench find them. */
export class Collected {
  readonly #values = new Map<FigureName, number[]>();
  readonly rssByPeople: Record<string, number> = {};

  add(figure: FigureName, value: number): void {
    if (Number.isFinite(value)) this.#values.set(figure, [...(this.#values.get(figure) ?? []), value]);
  }

  /** Of a night of so many people; the largest seen. */
  addRss(people: number, miB: number): void {
    if (Number.isFinite(miB)) this.rssByPeople[people] = Math.max(miB, this.rssByPeople[people] ?? 0);
  }

  spreads(): Measured {
    return Object.fromEntries([...this.#values].map(([figure, values]) => [figure, spread(values)]));
  }
}
