import type { Dispatcher } from 'undici';
import type { OwnFailureCode } from '../failures/own-failures.ts';
import { connectionFailure } from './connection-errors.ts';
import { TransportError } from './transport-error.ts';
import type { WireAnswer } from './wire.ts';

/** Bounds of one request. */
export interface ExchangeBounds {
  /** Until the request begins to be written. */
  readonly connectMs: number;
  /** Until the response is complete, from now on: a deadline, not an inactivity time-out. */
  readonly totalMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal | undefined;
  /**
   * Asked in the last moment before the first byte is written; absent: it may. A signal alone comes too late, because a
   * process that was stopped finds its connections ready before its timers.
   */
  readonly mayLeave?: () => boolean;
  /** Whether the signal still counts once the request has begun to be written. */
  readonly abortable: boolean;
}

/**
 * Follows one request through undici: `connecting` until undici begins to write it, `written` until the response is
 * complete, then `settled`. The line between the first two decides everything: before it the request certainly was
 * not sent, after it nobody knows. It is crossed once; undici may offer the request to a second connection when the
 * first one breaks, which for a registration would be a second registration, and is refused.
 */
export class SingleExchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<WireAnswer>;

  readonly #bounds: ExchangeBounds;
  // Replaced by the promise's own before anything can call them.
  #resolve: (answer: WireAnswer) => void = () => undefined;
  #reject: (error: TransportError) => void = () => undefined;
  #phase: 'connecting' | 'written' | 'settled' = 'connecting';
  #controller: Dispatcher.DispatchController | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #startedAt = performance.now();
  #status = 0;
  #headers: WireAnswer['headers'] = {};
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(bounds: ExchangeBounds) {
    this.#bounds = bounds;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    bounds.signal?.addEventListener('abort', this.#onAbort);
    if (bounds.signal?.aborted === true) this.#fail('aborted-before-sending');
  }

  get settled(): boolean {
    return this.#phase === 'settled';
  }

  /** To be told as soon as undici has the request: on an idle connection it is being written by now. */
  dispatched(): void {
    if (this.#phase !== 'connecting') return;
    const waitMs = Math.min(this.#bounds.connectMs, this.#bounds.totalMs);
    this.#timer = setTimeout(() => this.#fail('connect-timeout'), waitMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#phase === 'written') this.#fail('connection-lost');
    if (this.#phase === 'settled') {
      controller.abort(new TransportError('connection-lost'));
      return;
    }
    if (this.#bounds.mayLeave?.() === false) {
      this.#fail('aborted-before-sending');
      return;
    }
    this.#phase = 'written';
    clearTimeout(this.#timer);
    const remainingMs = this.#bounds.totalMs - (performance.now() - this.#startedAt);
    this.#timer = setTimeout(() => this.#fail('deadline-exceeded'), Math.max(0, remainingMs));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Informational responses precede the real one.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers as WireAnswer['headers'];
    const announced = Number(headers['content-length'] ?? 0);
    if (announced > this.#bounds.maxBodyBytes) this.#fail('answer-too-large');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#bounds.maxBodyBytes) this.#fail('answer-too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#phase === 'settled') return;
    this.#settle();
    const body = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    this.#resolve({ status: this.#status, headers: this.#headers, body: body ?? Buffer.concat(this.#chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(connectionFailure(error, this.#phase === 'written'));
  }

  /** The request was not even taken. */
  refused(error: Error): void {
    this.#fail(connectionFailure(error, this.#phase === 'written'));
  }

  /** A protocol change nobody asked for. */
  onRequestUpgrade(controller: Dispatcher.DispatchController): void {
    this.#fail('connection-lost');
    controller.abort(new TransportError('connection-lost'));
  }

  readonly #onAbort = (): void => {
    if (this.#phase === 'connecting') this.#fail('aborted-before-sending');
    else if (this.#bounds.abortable) this.#fail('aborted');
  };

  #fail(code: OwnFailureCode): void {
    if (this.#phase === 'settled') return;
    this.#settle();
    const error = new TransportError(code);
    this.#reject(error);
    this.#controller?.abort(error);
  }

  #settle(): void {
    this.#phase = 'settled';
    clearTimeout(this.#timer);
    this.#bounds.signal?.removeEventListener('abort', this.#onAbort);
  }
}
