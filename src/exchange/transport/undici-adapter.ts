import { AxiosHeaders } from 'axios';
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Pool } from 'undici';
import { SingleExchange } from './single-exchange.ts';
import type { ExchangeBounds } from './single-exchange.ts';
import { TransportError } from './transport-error.ts';
import type { WireAnswer } from './wire.ts';

/** The bounds ride along in the axios configuration; a class instance, because axios copies plain objects. */
export class BoundsCarrier {
  readonly bounds: ExchangeBounds;

  constructor(bounds: ExchangeBounds) {
    this.bounds = bounds;
  }
}

/** An axios configuration with the bounds of the exchange. */
export interface BoundedConfig extends InternalAxiosRequestConfig {
  readonly carrier?: BoundsCarrier;
}

/**
 * Axios over the undici pool of the moment: one request, no redirect, no proxy, no repetition, the body as bytes.
 * Rejects with `TransportError` only, so that no error ever carries a request.
 */
export function undiciAdapter(currentPool: () => Pool): AxiosAdapter {
  return async (config: BoundedConfig): Promise<AxiosResponse<Buffer>> => {
    const bounds = config.carrier?.bounds;
    if (bounds === undefined) throw new TransportError('invalid-call');
    const exchange = new SingleExchange(bounds);
    dispatch(currentPool(), config, exchange);
    const { status, headers, body } = await exchange.answer;
    return { data: body, status, statusText: '', headers: unaltered(headers), config, request: null };
  };
}

/** Headers as they came: axios would copy them one by one, and clean their values on the way. */
function unaltered(headers: WireAnswer['headers']): AxiosHeaders {
  return Object.assign(Object.create(AxiosHeaders.prototype) as AxiosHeaders, headers);
}

function dispatch(pool: Pool, config: BoundedConfig, exchange: SingleExchange): void {
  if (exchange.settled) return;
  try {
    pool.dispatch(
      {
        path: config.url ?? '/',
        method: (config.method ?? 'get').toUpperCase(),
        headers: config.headers.toJSON() as Record<string, string>,
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
