import { setTimeout as pause } from 'node:timers/promises';
import { DestinationFlow } from './destination-flow.ts';
import type { FlowGround } from './destination-flow.ts';
import type { DestinationLimit } from './flow-settings.ts';

const UNNAMED: DestinationLimit = { maxInFlight: 16 };

/** One flow per destination, made at its first call. A destination without a limit may have 16 calls in flight. */
export class FlowControl {
  readonly #limits: Readonly<Record<string, DestinationLimit>>;
  readonly #ground: FlowGround;
  readonly #flows = new Map<string, DestinationFlow>();

  constructor(limits: Readonly<Record<string, DestinationLimit>>, ground: FlowGround) {
    this.#limits = limits;
    this.#ground = ground;
  }

  of(destination: string): DestinationFlow {
    const known = this.#flows.get(destination);
    if (known !== undefined) return known;
    const flow = new DestinationFlow(destination, this.#limits[destination] ?? UNNAMED, this.#ground);
    this.#flows.set(destination, flow);
    return flow;
  }
}

/** Waits on the real clock; an abort ends the wait early and is for the caller to notice. */
export async function waitOnTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, undefined, signal ? { signal } : {}).catch(() => undefined); // rejects only when aborted
}
