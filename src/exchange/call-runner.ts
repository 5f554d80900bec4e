import type { CallContext, CallResult, MessageTrace } from '../domain/partner-call.ts';
import type { Operation } from './exchange-client.ts';
import type { ExchangeOptions } from './exchange-options.ts';
import { FlowControl, waitOnTimer } from './flow/flow-control.ts';
import { HELD_BACK } from './flow/held-back.ts';
import type { HeldBack } from './flow/held-back.ts';
import { NO_EVIDENCE, ownFailure } from './interpretation.ts';
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

/** Takes a call through its destination's flow and a Security Server, and makes the result and the evidence of it. */
export class CallRunner {
  readonly #options: ExchangeOptions;
  readonly #servers: ServerGroup;
  readonly #flow: FlowControl;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#servers = new ServerGroup(options);
    this.#flow = new FlowControl(options.limits, {
      clock: options.clock,
      random: options.random ?? Math.random,
      wait: options.wait ?? waitOnTimer,
      isPaused: options.isPaused ?? (() => false),
      onAlert: options.onAlert ?? (() => undefined),
    });
  }

  /** Never rejects for anything a partner or the network can do. */
  async run<T>(target: CallTarget, context: CallContext, prepare: () => PreparedCall<T>): Promise<CallResult<T>> {
    const { clock } = this.#options;
    // Of a call that leaves, the moment it does: what it waited for a place here is not the partner's time.
    let startedAt = clock.now();
    const passage = await this.#pass(target, context, prepare, () => (startedAt = clock.now()));
    const { interpretation } = passage;
    const { requestId, requestHash, errorDetailId } = interpretation.evidence;
    const trace: MessageTrace = {
      messageId: context.messageId,
      destination: target.destination,
      securityServer: passage.securityServer,
      startedAt: startedAt.toISOString(),
      endedAt: clock.now().toISOString(),
      httpStatus: passage.httpStatus,
      requestId,
      requestHash,
      errorDetailId,
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

  async #pass<T>(
    target: CallTarget,
    context: CallContext,
    prepare: () => PreparedCall<T>,
    leaving: () => void,
  ): Promise<Passage<T>> {
    const prepared = preparedOrFailure(prepare);
    if ('kind' in prepared) return nowhere(prepared);
    const { destination, operation } = target;
    const call = { operation, attempt: context.attempt ?? 1, signal: context.signal };
    const end = await this.#flow.of(destination).run(call, () => {
      leaving();
      return this.#servers.pass(operation, context, prepared);
    });
    if (!('kind' in end)) return end;
    return end.kind === 'held-back' ? kept(end) : nowhere(ownFailure('aborted-before-sending'));
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

function kept<T>({ code, waitMs }: HeldBack): Passage<T> {
  const { class: failure } = HELD_BACK[code];
  const passage = nowhere<T>({ kind: 'failure', class: failure, scope: 'route', code, evidence: NO_EVIDENCE });
  return waitMs === null ? passage : { ...passage, retryAfterMs: waitMs };
}

function nowhere<T>(interpretation: Interpretation<T>): Passage<T> {
  return { interpretation, securityServer: null, httpStatus: null };
}
