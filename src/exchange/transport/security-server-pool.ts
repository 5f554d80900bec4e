import { Axios } from 'axios';
import type { AxiosRequestConfig } from 'axios';
import { Pool } from 'undici';
import type { ExchangeBounds } from './single-exchange.ts';
import { tlsSettings } from './tls-files.ts';
import type { TlsFiles } from './tls-files.ts';
import { BoundsCarrier, undiciAdapter } from './undici-adapter.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** Where a Security Server is. */
export interface SecurityServerAddress {
  /** `http://host:port` or `https://host:port`; a path is not used. */
  readonly url: string;
  readonly tls?: TlsFiles;
}

/** Bounds of all connections to one Security Server. */
export interface PoolSettings {
  readonly connectMs: number;
  /** Well under the 30 s after which a Security Server closes an idle connection, or requests race with the closing. */
  readonly keepAliveMs: number;
}

/** Kept-alive connections to one Security Server. The number of calls at once is bounded above it, per destination. */
export class SecurityServerPool {
  /** Host and port, as evidence and logs name it. */
  readonly label: string;

  readonly #pool: Pool;
  readonly #axios: Axios;
  #closed: Promise<void> | null = null;

  /** Throws when the address is not one or a PEM file cannot be read. */
  constructor(address: SecurityServerAddress, settings: PoolSettings) {
    const url = new URL(address.url);
    this.label = url.host;
    this.#pool = new Pool(url.origin, {
      pipelining: 1,
      keepAliveTimeout: settings.keepAliveMs,
      // The server's own hint must not lengthen it.
      keepAliveMaxTimeout: settings.keepAliveMs,
      connect: { ...tlsSettings(address.tls), timeout: settings.connectMs },
    });
    // The bare class, without the defaults of the package: they are merged into every call (120 against 91 µs of CPU a call),
    // and among them are the ones we must not have: headers of its own, JSON guessed and parsed, bodies encoded.
    this.#axios = new Axios({
      adapter: undiciAdapter(this.#pool),
      maxRedirects: 0,
      proxy: false,
      responseType: 'arraybuffer',
      validateStatus: () => true,
    });
  }

  /** Sends one request once. Rejects with `TransportError`. */
  async send(request: WireRequest, bounds: ExchangeBounds): Promise<WireAnswer> {
    const response = await this.#axios.request<Buffer>({
      method: request.method,
      url: request.path,
      // Without a body axios would invent a content type.
      headers: { 'Content-Type': false, ...request.headers },
      data: request.body,
      carrier: new BoundsCarrier(bounds),
    } as AxiosRequestConfig);
    return { status: response.status, headers: response.headers as WireAnswer['headers'], body: response.data };
  }

  /** Ends idle connections and waits for requests under way; closing twice is closing once. */
  close(): Promise<void> {
    this.#closed ??= this.#pool.close();
    return this.#closed;
  }
}
