import type { CallContext, CallResult, MessageTrace } from '../domain/partner-call.ts';
import type { Operation } from './exchange-client.ts';
import type { ExchangeOptions } from './exchange-options.ts';
import { InFlightLimit } from './flow/in-flight-limit.ts';
import { ownFailure } from './interpretation.ts';
import type { Interpretation } from './interpretation.ts';
import { InvalidCallError } from './invalid-call.ts';
import type { PreparedCall } from './prepared-call.ts';
import { ServerGroup } from './server-group.ts';
import type { Passage } from './server-group.ts';

/** What every call says of itself, whatever its protocol. */
export interface CallTarget {
  readonly destination: string;
  readonly operation: Operation;
}

const DEFAULT_MAX_IN_FLIGHT = 16;

/** Takes a call through its destination's limit and a Security Server, and makes the result and the evidence of it. */
export class CallRunner {
  readonly #options: ExchangeOptions;
  readonly #servers: ServerGroup;
  readonly #limits = new Map<string, InFlightLimit>();

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#servers = new ServerGroup(options);
  }

  /** Never rejects for anything a partner or the network can do. */
  async run<T>(target: CallTarget, context: CallContext, prepare: () => PreparedCall<T>): Promise<CallResult<T>> {
    const startedAt = this.#options.clock.now().toISOString();
    const passage = await this.#pass(target, context, prepare);
    const { interpretation } = passage;
    const trace: MessageTrace = {
      messageId: context.messageId,
      destination: target.destination,
      securityServer: passage.securityServer,
      startedAt,
      endedAt: this.#options.clock.now().toISOString(),
      httpStatus: passage.httpStatus,
      ...interpretation.evidence,
    };
    if (interpretation.kind === 'answer') return { kind: 'answer', value: interpretation.value, trace };
    const { class: failure, code } = interpretation;
    if (failure === 'unknown') return { kind: 'unknown', code, trace };
    const wait = passage.retryAfterMs;
    return { kind: 'not-processed', failure, code, ...(wait === undefined ? {} : { retryAfterMs: wait }), trace };
  }

  async close(): Promise<void> {
    await this.#servers.close();
  }

  async #pass<T>(target: CallTarget, context: CallContext, prepare: () => PreparedCall<T>): Promise<Passage<T>> {
    const prepared = preparedOrFailure(prepare);
    if ('kind' in prepared) return nowhere(prepared);
    const passage = await this.#limitOf(target.destination).run(
      () => this.#servers.pass(target.operation, context.signal, prepared),
      () => context.signal?.aborted !== true,
    );
    return passage ?? nowhere(ownFailure('aborted-before-sending'));
  }

  #limitOf(destination: string): InFlightLimit {
    const known = this.#limits.get(destination);
    if (known !== undefined) return known;
    const limit = new InFlightLimit(this.#options.limits[destination]?.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT);
    this.#limits.set(destination, limit);
    return limit;
  }
}

function preparedOrFailure<T>(prepare: () => PreparedCall<T>): PreparedCall<T> | ReturnType<typeof ownFailure> {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof InvalidCallError) return ownFailure('invalid-call');
    throw error;
  }
}

function nowhere<T>(interpretation: Interpretation<T>): Passage<T> {
  return { interpretation, securityServer: null, httpStatus: null };
}
