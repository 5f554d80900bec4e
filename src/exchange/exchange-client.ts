/**
 * What adapters see of the exchange layer: one call out, one of four ends back (`src/domain/partner-call.ts`). Beneath
 * it are identifiers, encoding, the two message protocols, the classification of failures, deadlines and flow control.
 * No call is ever repeated here: retrying is the pipeline's business, and it keeps its count in Postgres.
 */
import type { CallContext, CallResult } from '../domain/partner-call.ts';
import type { ServiceId } from './identifiers.ts';
import type { SoapAttachment } from './soap/read-soap-body.ts';
import type { XmlElement } from './xml-element.ts';

/** Whether executing a call twice could matter. Decides what a lost answer means. */
export type Operation = 'read' | 'write';

export interface RestCall {
  /** Name of the destination in configuration (`cni`, `sigicmu`…): limits, breaker and metrics are kept by it. */
  readonly destination: string;
  readonly operation: Operation;
  readonly service: ServiceId;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After the service code, with leading slash and query, already percent-encoded: `/v1/lots?limite=500`. */
  readonly path: string;
  /** Extra headers of the service (`Idempotency-Key`); never `X-Road-*`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, sent as `application/json; charset=utf-8`. */
  readonly body?: string;
}

/** The service's own answer, whatever its status: it crossed X-Road and its echoes were verified. */
export interface RestAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SoapCall {
  readonly destination: string;
  readonly operation: Operation;
  readonly service: ServiceId;
  /** The wrapper element; its local name is the service code. */
  readonly body: XmlElement;
}

/** A verified, fault-free SOAP answer: the one child of its Body. A service's own fault arrives as `serviceFault`. */
export interface SoapAnswer {
  readonly body: XmlElement | null;
  readonly serviceFault: { readonly code: string; readonly detail: XmlElement | null } | null;
  /** Files that came beside the envelope; the body refers to them as `cid:<contentId>`. */
  readonly attachments?: readonly SoapAttachment[];
}

export interface ExchangeClient {
  rest(call: RestCall, context: CallContext): Promise<CallResult<RestAnswer>>;
  soap(call: SoapCall, context: CallContext): Promise<CallResult<SoapAnswer>>;
  /** Ends idle connections. Calls under way are left to finish up to their deadline. */
  close(): Promise<void>;
}
