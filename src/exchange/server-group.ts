import type { CallContext } from '../domain/partner-call.ts';
import type { Operation } from './exchange-client.ts';
import type { ExchangeOptions } from './exchange-options.ts';
import { ServerBreaker } from './flow/server-breaker.ts';
import type { Health } from './flow/server-breaker.ts';
import { NO_EVIDENCE, ownFailure } from './interpretation.ts';
import type { ExchangeFailure, Interpretation } from './interpretation.ts';
import type { PreparedCall } from './prepared-call.ts';
import { SecurityServerPool } from './transport/security-server-pool.ts';
import { TransportError } from './transport/transport-error.ts';
import { lastHeader } from './transport/wire.ts';

/** How a call went, and through which Security Server it last tried. */
export interface Passage<T> {
  readonly interpretation: Interpretation<T>;
  readonly securityServer: string | null;
  readonly httpStatus: number | null;
  readonly retryAfterMs?: number;
  /** The `Retry-After` of the answer, as it came. */
  readonly retryAfter?: string;
}

/** What may keep a call from leaving. */
type Leaving = Pick<CallContext, 'signal' | 'leaveBy'>;

interface Server {
  readonly pool: SecurityServerPool;
  readonly breaker: ServerBreaker;
  /** The last that counted against it. */
  trouble: ExchangeFailure | null;
}

const DEFAULT_BREAKER = { failures: 5, openMs: 5_000 };

/**
 * Several Security Servers, the first that works. The next one is tried only when the call certainly was not
 * forwarded and the trouble is the Security Server's own; never on an unknown outcome, because the first one may
 * still deliver what it took.
 */
export class ServerGroup {
  readonly #options: ExchangeOptions;
  readonly #servers: readonly Server[];

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { keepAliveMs, clock } = options;
    this.#servers = options.securityServers.map((address) => ({
      pool: new SecurityServerPool(address, { connectMs: options.deadlines.connectMs, keepAliveMs }),
      breaker: new ServerBreaker(options.breaker ?? DEFAULT_BREAKER, clock),
      trouble: null,
    }));
  }

  async pass<T>(operation: Operation, leaving: Leaving, call: PreparedCall<T>): Promise<Passage<T>> {
    const { clock, deadlines } = this.#options;
    const deadlineAt = clock.monotonicMs() + (operation === 'read' ? deadlines.readMs : deadlines.writeMs);
    let last: Passage<T> | null = null;
    for (const server of this.#servers) {
      const totalMs = deadlineAt - clock.monotonicMs();
      if (totalMs <= 0 || !server.breaker.tryAcquire()) continue;
      let health: Health = 'unclear';
      try {
        last = await this.#attempt(server, operation, leaving, call, totalMs);
        health = healthShownBy(last, this.#servers.length === 1);
      } finally {
        server.breaker.report(health);
      }
      if (last.interpretation.kind === 'failure' && health === 'failed') server.trouble = last.interpretation;
      if (!mayTryAnother(last.interpretation)) return last;
    }
    return last ?? this.#nobody();
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map(({ pool }) => pool.close()));
  }

  async #attempt<T>(
    { pool }: Server,
    operation: Operation,
    { signal, leaveBy }: Leaving,
    call: PreparedCall<T>,
    totalMs: number,
  ): Promise<Passage<T>> {
    const { connectMs } = this.#options.deadlines;
    const { maxBodyBytes, clock } = this.#options;
    const mayLeave = (): boolean => leaveBy === undefined || clock.monotonicMs() < leaveBy;
    try {
      const abortable = operation === 'read';
      const answer = await pool.send(call.wire, { connectMs, totalMs, maxBodyBytes, signal, mayLeave, abortable });
      const retryAfter = lastHeader(answer.headers, 'retry-after');
      return {
        interpretation: call.interpret(answer),
        securityServer: pool.label,
        httpStatus: answer.status,
        ...(retryAfter === null ? {} : { retryAfter }),
      };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { interpretation: ownFailure(error.code), securityServer: pool.label, httpStatus: null };
    }
  }

  /** Where every one needs somebody to act, it stays a fault of the route: waiting would not mend a certificate. */
  #nobody<T>(): Passage<T> {
    const [trouble] = this.#servers.map((server) => server.trouble);
    const needsSomebody = this.#servers.every((server) => server.trouble?.class === 'route');
    return {
      interpretation:
        needsSomebody && trouble ? { ...trouble, evidence: NO_EVIDENCE } : ownFailure('no-security-server'),
      securityServer: null,
      httpStatus: null,
      retryAfterMs: Math.ceil(Math.min(...this.#servers.map(({ breaker }) => breaker.waitMs()))),
    };
  }
}

function isServersOwn(failure: ExchangeFailure): boolean {
  return failure.scope === 'consumer-server';
}

function mayTryAnother(interpretation: Interpretation<unknown>): boolean {
  if (interpretation.kind === 'answer' || !isServersOwn(interpretation)) return false;
  return interpretation.class === 'transient' || interpretation.class === 'route';
}

/**
 * Trouble of its own counts even where the outcome is unknown, if there is another Security Server to go to: that call
 * stays with it, the next ones need not. Silence counts neither way, because it may be the provider's.
 */
function healthShownBy({ interpretation, httpStatus }: Passage<unknown>, alone: boolean): Health {
  const own = interpretation.kind === 'failure' && isServersOwn(interpretation);
  if (own && (!alone || interpretation.class !== 'unknown')) return 'failed';
  return own || httpStatus === null ? 'unclear' : 'works';
}
