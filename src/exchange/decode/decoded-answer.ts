import type { FailureClass } from '../../domain/partner-call.ts';
import type { Protocol } from '../failures/failure-rule.ts';

/**
 * A stored answer in words.
 * - `answer`: the service's own.
 * - `exchange-error`: an error of a Security Server.
 * - `service-fault`: a SOAP fault of the service.
 * - `violation`: readable, and against the rules of the message protocol.
 * - `unreadable`: not a complete document, or nothing that crossed X-Road.
 */
export type AnswerKind = 'answer' | 'exchange-error' | 'service-fault' | 'violation' | 'unreadable';

/** What the answer says of the call it belongs to. */
export type AnswerClass = 'ok' | FailureClass | 'outcome-unknown';

/** Header values as written; an absent element is absent, an empty one is empty. Identifiers joined by slashes. */
export interface DecodedHeader {
  readonly client?: string;
  readonly service?: string;
  readonly id?: string;
  readonly userId?: string;
  readonly issue?: string;
  readonly protocolVersion?: string;
  readonly requestHash?: string;
}

/** Text, or children by name; a repeated child is a list. */
export type DecodedContent = string | { readonly [name: string]: DecodedContent | readonly DecodedContent[] };

export interface DecodedAttachment {
  readonly contentId: string;
  readonly contentType: string;
  /** Size, after the transfer encoding is undone. */
  readonly bytes: number;
}

export interface DecodedAnswer {
  readonly protocol: Protocol;
  readonly kind: AnswerKind;
  readonly class: AnswerClass;
  /** HTTP status, where it was kept. */
  readonly status?: number;
  /** Of an error or fault: its code as written. Of a violation: the rule. Of an unreadable answer: the reason. */
  readonly code?: string;
  readonly text?: string;
  readonly actor?: string;
  /** Of an exchange error the identifier in the Security Server's log; of a service's fault what the service wrote. */
  readonly detail?: DecodedContent;
  readonly header?: DecodedHeader;
  /** SOAP: the child of the body. REST: JSON as it is, other bodies as text, without a name. */
  readonly body?: { readonly name?: string; readonly content: unknown };
  readonly attachments?: readonly DecodedAttachment[];
}
