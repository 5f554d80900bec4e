import type { Clock } from '../../domain/clock.ts';
import type { Operation } from '../exchange-client.ts';
import { AdaptiveCeiling } from './adaptive-ceiling.ts';
import { DestinationBreaker } from './destination-breaker.ts';
import type { Permit } from './destination-breaker.ts';
import type { DestinationLimit, FlowAlert } from './flow-settings.ts';
import { flowSignal } from './flow-signal.ts';
import type { EndedCall, FlowSignal } from './flow-signal.ts';
import { heldBack } from './held-back.ts';
import type { HeldBack } from './held-back.ts';
import { InFlightLimit } from './in-flight-limit.ts';
import { OpeningClock } from './opening-hours.ts';
import { RateLimit } from './rate-limit.ts';
import { RequestedPause } from './requested-pause.ts';
import { RetryBudget } from './retry-budget.ts';

/** What flow control has to know of a call. */
export interface FlowCall {
  readonly operation: Operation;
  /** 1 for the first. */
  readonly attempt: number;
  readonly signal: AbortSignal | undefined;
}

/** What flow control stands on. */
export interface FlowGround {
  readonly clock: Clock;
  readonly random: () => number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. Never rejects. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Whether a person has paused the destination. */
  readonly isPaused: (destination: string) => boolean;
  readonly onAlert: (alert: FlowAlert) => void;
}

export const GIVEN_UP = Object.freeze({ kind: 'given-up' });

/**
 * The way of a call to one destination: refused at once if anything stands against it; a place in flight; its moment of
 * the rate; then, because time has passed, everything that may stand against it once more; and it leaves. What has left
 * is never cut short. A call that is held back resolves to the reason, and certainly was not sent.
 */
export class DestinationFlow {
  readonly #destination: string;
  readonly #ground: FlowGround;
  readonly #places: InFlightLimit;
  readonly #ceiling: AdaptiveCeiling | null;
  readonly #rate: RateLimit | null;
  readonly #budget: RetryBudget | null;
  readonly #breaker: DestinationBreaker | null;
  readonly #requested: RequestedPause | null;
  readonly #hours: OpeningClock | null;

  constructor(destination: string, limit: DestinationLimit, ground: FlowGround) {
    const { clock, random } = ground;
    const ceiling = limit.adaptive ? new AdaptiveCeiling(limit.maxInFlight, limit.adaptive) : null;
    this.#destination = destination;
    this.#ground = ground;
    this.#ceiling = ceiling;
    this.#places = new InFlightLimit(() => ceiling?.current ?? limit.maxInFlight);
    this.#rate = limit.perSecond === undefined ? null : new RateLimit(limit.perSecond, clock);
    this.#budget = limit.retryBudget ? new RetryBudget(limit.retryBudget, clock) : null;
    this.#breaker = limit.breaker ? new DestinationBreaker(limit.breaker, clock, random) : null;
    this.#requested =
      limit.longestRetryAfterMs === undefined ? null : new RequestedPause(limit.longestRetryAfterMs, clock);
    this.#hours = limit.hours ? new OpeningClock(limit.hours) : null;
  }

  /** Rejects only with what `send` rejects with. */
  async run<T extends EndedCall>(call: FlowCall, send: () => Promise<T>): Promise<T | HeldBack | typeof GIVEN_UP> {
    return this.#obstacle(call) ?? this.#places.run(() => this.#inPlace(call, send));
  }

  async #inPlace<T extends EndedCall>(call: FlowCall, send: () => Promise<T>): Promise<T | HeldBack | typeof GIVEN_UP> {
    const obstacle = this.#obstacle(call);
    if (obstacle !== null) return obstacle;
    const waitMs = this.#rate?.reserve() ?? 0;
    if (waitMs > 0) {
      await this.#ground.wait(waitMs, call.signal);
      const raised = this.#obstacle(call);
      if (raised !== null) return raised;
    }
    return this.#leave(call, send);
  }

  /** Looks only: nothing is taken or counted before a call really leaves. */
  #obstacle({ attempt, signal }: FlowCall): HeldBack | typeof GIVEN_UP | null {
    if (signal?.aborted === true) return GIVEN_UP;
    if (this.#ground.isPaused(this.#destination)) return heldBack('destination-paused', null);
    const untilOpen = this.#hours?.waitMs(this.#ground.clock.now()) ?? 0;
    if (untilOpen > 0) return heldBack('destination-closed', untilOpen);
    const refusal = this.#breaker?.refusal() ?? null;
    if (refusal !== null) return heldBack(refusal.route ? 'route-down' : 'breaker-open', refusal.waitMs);
    const requested = this.#requested?.waitMs() ?? 0;
    if (requested > 0) return heldBack('retry-after', requested);
    const untilBudget = this.#budget?.waitMs(attempt) ?? 0;
    return untilBudget > 0 ? heldBack('retry-budget', untilBudget) : null;
  }

  async #leave<T extends EndedCall>(call: FlowCall, send: () => Promise<T>): Promise<T> {
    const { clock } = this.#ground;
    const permit = this.#breaker?.enter() ?? null;
    this.#budget?.count(call.attempt);
    const startedAtMs = clock.monotonicMs();
    let signal: FlowSignal = NOTHING_LEARNED;
    try {
      const ended = await send();
      signal = flowSignal(ended, call.operation, clock.now());
      return ended;
    } finally {
      this.#learn(permit, signal, startedAtMs);
    }
  }

  #learn(permit: Permit | null, signal: FlowSignal, startedAtMs: number): void {
    const timing = { startedAtMs, endedAtMs: this.#ground.clock.monotonicMs() };
    if (signal.overloaded) this.#ceiling?.overloaded(timing);
    else if (signal.verdict === 'works') this.#ceiling?.answered(timing);
    if (signal.pauseMs !== null) this.#requested?.ask(signal.pauseMs);
    const opened = permit !== null && this.#breaker?.report(permit, signal.verdict) === true;
    const { code, verdict } = signal;
    if (opened) this.#ground.onAlert({ destination: this.#destination, code, route: verdict === 'route' });
  }
}

/** Of a call that ended in a defect of ours. */
const NOTHING_LEARNED: FlowSignal = { verdict: 'neutral', overloaded: false, pauseMs: null, code: 'none' };
