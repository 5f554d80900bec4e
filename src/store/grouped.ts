/**
 * Statements of many visits sent as one. A household needs a dozen commits, and alone each of them costs a round trip, a
 * statement and a wait for the disk. While one group is under way the next one gathers. Nobody waits for a timer: a quiet
 * process sends at once, a busy one sends large groups. Each caller is told after the commit, as if it were alone.
 *
 * A group that the database refuses is sent again one by one, and everybody gets their own answer: a household that was
 * taken over is no business of its neighbours. A group whose connection was lost is not: it may have been committed, and
 * each caller learns what it would have learned alone.
 */
import pg from 'pg';
import type { Executor } from './database.ts';

/** Carries out all items in one statement, or none of them; results in the order of the items. */
export type GroupStatement<Item, Result> = (db: Executor, items: readonly Item[]) => Promise<readonly Result[]>;

/** Visits of one process that share a statement: some 250 people, whose rows fit a message of a few hundred kilobytes. */
export const VISITS_AT_ONCE = 32;

export interface GroupOptions<Item> {
  /** Largest group. */
  readonly most: number;
  /** Only items of one kind share a statement; by default all do. */
  readonly kindOf?: (item: Item) => string;
}

/** The statement for one item, in a group with those that are asked for on the same database at the same time. */
export function grouped<Item, Result>(
  statement: GroupStatement<Item, Result>,
  { most, kindOf = () => '' }: GroupOptions<Item>,
): (db: Executor, item: Item) => Promise<Result> {
  const gatherings = new WeakMap<Executor, Map<string, Gathering<Item, Result>>>();
  return (db, item) => {
    const kinds = gatherings.get(db) ?? new Map<string, Gathering<Item, Result>>();
    gatherings.set(db, kinds);
    const kind = kindOf(item);
    const gathering =
      kinds.get(kind) ??
      new Gathering(
        (items) => statement(db, items),
        most,
        () => kinds.delete(kind),
      );
    kinds.set(kind, gathering);
    return gathering.add(item);
  };
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

class Gathering<Item, Result> {
  readonly #carryOut: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #most: number;
  readonly #onIdle: () => void;
  #waiting: Waiting<Item, Result>[] = [];
  #underWay = false;

  constructor(carryOut: (items: readonly Item[]) => Promise<readonly Result[]>, most: number, onIdle: () => void) {
    this.#carryOut = carryOut;
    this.#most = most;
    this.#onIdle = onIdle;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#underWay) return;
      this.#underWay = true;
      // Whoever was told by the same answer of the database asks in this same turn.
      setImmediate(() => void this.#send());
    });
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) await this.#sendGroup(this.#waiting.splice(0, this.#most));
    this.#underWay = false;
    this.#onIdle();
  }

  async #sendGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#carryOut(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      const [only, ...others] = group;
      if (others.length > 0 && isRefusal(error)) for (const one of group) await this.#sendGroup([one]);
      else for (const { reject } of [only, ...others].filter((one) => one !== undefined)) reject(error);
    }
  }
}

/** The database did not carry it out, and says so. Class 57 is a session cut or a server going down: that says nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('57') === false;
}
