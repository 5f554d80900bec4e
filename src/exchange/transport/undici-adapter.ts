import { AxiosHeaders } from 'axios';
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Pool } from 'undici';
import { SingleExchange } from './single-exchange.ts';
import type { ExchangeBounds } from './single-exchange.ts';
import { TransportError } from './transport-error.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/**
 * What rides along in the axios configuration as it is: the headers of the request and the bounds of the exchange. A
 * class instance, because axios copies plain objects; and headers given to it are copied, cleaned and looked up one by one,
 * again and again, which was two thirds of what it costs.
 */
export class CarriedExchange {
  readonly headers: WireRequest['headers'];
  readonly bounds: ExchangeBounds;

  constructor(headers: WireRequest['headers'], bounds: ExchangeBounds) {
    this.headers = headers;
    this.bounds = bounds;
  }
}

/** An axios configuration with what rides along. */
export interface CarryingConfig extends InternalAxiosRequestConfig {
  readonly carried?: CarriedExchange;
}

/**
 * Axios over the undici pool of the moment: one request, no redirect, no proxy, no repetition, and as `data` the whole
 * answer as it came, headers unaltered and body in bytes. Headers that an interceptor sets are sent beside those that
 * ride along, and prevail. Rejects with `TransportError` only, so that no error ever carries a request.
 */
export function undiciAdapter(currentPool: () => Pool): AxiosAdapter {
  return async (config: CarryingConfig): Promise<AxiosResponse<WireAnswer>> => {
    const { carried } = config;
    if (carried === undefined) throw new TransportError('invalid-call');
    const exchange = new SingleExchange(carried.bounds);
    dispatch(currentPool(), config, carried.headers, exchange);
    exchange.dispatched();
    const answer = await exchange.answer;
    return { data: answer, status: answer.status, statusText: '', headers: new AxiosHeaders(), config, request: null };
  };
}

function dispatch(pool: Pool, config: CarryingConfig, headers: WireRequest['headers'], exchange: SingleExchange): void {
  if (exchange.settled) return;
  try {
    pool.dispatch(
      {
        path: config.url ?? '/',
        method: (config.method ?? 'get').toUpperCase(),
        headers: withAdded(headers, config.headers),
        body: (config.data as Buffer | null | undefined) ?? null,
        // Ours is one deadline over everything; undici's own clocks would only blur which one struck.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      exchange,
    );
  } catch (error) {
    // undici refuses what it cannot send by throwing; the exchange must end all the same, with its timer.
    exchange.refused(error instanceof Error ? error : new Error());
  }
}

function withAdded(carried: WireRequest['headers'], added: AxiosHeaders): Record<string, string> {
  const more = added.toJSON() as Record<string, string>;
  const names = new Set(Object.keys(more).map((name) => name.toLowerCase()));
  if (names.size === 0) return carried;
  const kept = Object.entries(carried).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...more };
}
