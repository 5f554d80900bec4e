import { Axios } from 'axios';
import type { AxiosRequestConfig } from 'axios';
import { Pool } from 'undici';
import type { ExchangeBounds } from './single-exchange.ts';
import { tlsSettings } from './tls-files.ts';
import type { TlsFiles, TlsSettings } from './tls-files.ts';
import { TlsWatch } from './tls-watch.ts';
import type { TlsRotation } from './tls-watch.ts';
import { CarriedExchange, undiciAdapter } from './undici-adapter.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** Where a Security Server is. */
export interface SecurityServerAddress {
  /** `http://host:port` or `https://host:port`; a path is not used. */
  readonly url: string;
  readonly tls?: TlsFiles;
  /** Takes up PEM files that are replaced. Absent: they are read once. */
  readonly rotation?: TlsRotation;
}

/** Bounds of all connections to one Security Server. */
export interface PoolSettings {
  readonly connectMs: number;
  /** Well under the 30 s after which a Security Server closes an idle connection, or requests race with the closing. */
  readonly keepAliveMs: number;
}

/** Left to itself axios would invent a content type. */
const NO_HEADERS_OF_ITS_OWN = Object.freeze({ 'Content-Type': false });

/** Kept-alive connections to one Security Server. The number of calls at once is bounded above it, per destination. */
export class SecurityServerPool {
  /** Host and port, as evidence and logs name it. */
  readonly label: string;

  readonly #open: (tls: TlsSettings) => Pool;
  readonly #watch: TlsWatch | null;
  readonly #axios: Axios;
  #pool: Pool;
  /** Pools with former certificates, while they end their calls. */
  readonly #ending = new Set<Promise<void>>();
  #closed: Promise<void> | null = null;

  /** Throws when the address is not one or a PEM file cannot be used. */
  constructor({ url: address, tls = {}, rotation }: SecurityServerAddress, settings: PoolSettings) {
    const url = new URL(address);
    this.label = url.host;
    this.#watch = rotation === undefined ? null : new TlsWatch(tls, rotation, this.label);
    this.#open = (connect) => openPool(url, connect, settings);
    this.#pool = this.#open(this.#watch?.initial ?? tlsSettings(tls));
    // The bare class, without the defaults of the package: they are merged into every call (120 against 91 µs of CPU a call),
    // and among them are the ones we must not have: headers of its own, JSON guessed and parsed, bodies encoded.
    this.#axios = new Axios({
      // Asked for at the last moment: a pool that was replaced meanwhile takes no more calls.
      adapter: undiciAdapter(() => this.#pool),
    });
  }

  /** Sends one request once. Rejects with `TransportError`. */
  async send(request: WireRequest, bounds: ExchangeBounds): Promise<WireAnswer> {
    this.#rotate();
    const response = await this.#axios.request<WireAnswer>({
      method: request.method,
      url: request.path,
      headers: NO_HEADERS_OF_ITS_OWN,
      data: request.body,
      carried: new CarriedExchange(request.headers, bounds),
    } as AxiosRequestConfig);
    return response.data;
  }

  /** Ends idle connections and waits for requests under way; closing twice is closing once. */
  close(): Promise<void> {
    this.#closed ??= Promise.all([this.#pool.close(), ...this.#ending]).then(() => undefined);
    return this.#closed;
  }

  /** Calls under way end on the connections they have; the next ones open new ones. */
  #rotate(): void {
    const tls = this.#closed === null ? (this.#watch?.replaced() ?? null) : null;
    if (tls === null) return;
    const former = this.#pool;
    this.#pool = this.#open(tls);
    const ending = former.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

function openPool(url: URL, tls: TlsSettings, { connectMs, keepAliveMs }: PoolSettings): Pool {
  return new Pool(url.origin, {
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    // The server's own hint must not lengthen it.
    keepAliveMaxTimeout: keepAliveMs,
    connect: { ...tls, timeout: connectMs },
  });
}
