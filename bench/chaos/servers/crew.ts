import type { ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ended, killed, startChild } from './child.ts';

/** One place in the crew: whoever dies there is replaced, as a supervisor does. */
export interface Worker {
  readonly name: string;
  /** Host and process number, with which the product begins the owner it writes into leases. */
  readonly owner: string;
  readonly frozen: boolean;
}

export interface CrewOrder {
  readonly workers: number;
  /** Words after `node` that start a worker. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: (name: string) => string;
}

interface Place {
  readonly name: string;
  child: ChildProcess;
  frozen: boolean;
}

// A supervisor waits a little; ours not long, because many die in a run.
const RESTART_MS = 300;

/** The worker processes of a run. */
export class Crew {
  /** Workers that ended without being told to, such as one that found no database at its start. */
  endedByThemselves = 0;

  readonly #order: CrewOrder;
  readonly #places: Place[];
  #over = false;

  constructor(order: CrewOrder) {
    this.#order = order;
    this.#places = Array.from({ length: order.workers }, (_, index) => {
      const name = `worker-${index + 1}`;
      return this.#settle({ name, child: this.#spawn(name), frozen: false });
    });
  }

  /** Workers that run now. */
  awake(): readonly Worker[] {
    return this.#places.filter((place) => isAlive(place.child) && !place.frozen).map(seen);
  }

  /** `kill -9`. */
  async kill(worker: Worker): Promise<void> {
    const place = this.#placeOf(worker);
    if (place) await killed(place.child);
  }

  /** Stops it where it stands, for a time or until `wake` says so. */
  async freeze(worker: Worker, until: Promise<unknown>): Promise<void> {
    const place = this.#placeOf(worker);
    if (!place) return;
    const { child } = place;
    place.frozen = true;
    child.kill('SIGSTOP');
    await Promise.race([until, ended(child)]);
    child.kill('SIGCONT');
    if (place.child === child) place.frozen = false;
  }

  /** SIGTERM, as when a machine is updated; killed if it takes longer than it may. */
  async retire(worker: Worker, patienceMs: number): Promise<void> {
    const place = this.#placeOf(worker);
    if (!place) return;
    const { child } = place;
    child.kill('SIGTERM');
    await Promise.race([ended(child), pause(patienceMs, undefined, { ref: false })]);
    await killed(child);
  }

  /** Ends the crew: everybody wakes, finishes what is in hand, and leaves. */
  async dismiss(patienceMs: number): Promise<void> {
    this.#over = true;
    await Promise.all(
      this.#places.map(async ({ child }) => {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        await Promise.race([ended(child), pause(patienceMs, undefined, { ref: false })]);
        await killed(child);
      }),
    );
  }

  #isOver(): boolean {
    return this.#over;
  }

  #placeOf({ owner }: Worker): Place | undefined {
    return this.#places.find((place) => ownerOf(place.child) === owner && isAlive(place.child));
  }

  #spawn(name: string): ChildProcess {
    const { command, env, logFile } = this.#order;
    return startChild({ program: process.execPath, args: command, env, logFile: logFile(name) });
  }

  #settle(place: Place): Place {
    const { child } = place;
    void ended(child).then(async () => {
      if (child.exitCode !== null && child.exitCode !== 0) this.endedByThemselves++;
      if (!this.#over) await pause(RESTART_MS);
      if (this.#isOver()) return;
      place.child = this.#spawn(place.name);
      place.frozen = false;
      this.#settle(place);
    });
    return place;
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function ownerOf({ pid }: ChildProcess): string {
  return `${hostname()}:${pid ?? 0}`;
}

function seen({ name, child, frozen }: Place): Worker {
  return { name, owner: ownerOf(child), frozen };
}
