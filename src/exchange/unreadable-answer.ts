/** Why a complete response could not be understood. */
export type UnreadableReason =
  'charset' | 'content-type' | 'doctype' | 'json' | 'mime' | 'not-soap' | 'too-deep' | 'xml';

/**
 * Thrown by the readers when bytes are not a complete document of the expected form. The outcome of the call is
 * unknown: the service has answered something. Carries no part of the document.
 */
export class UnreadableAnswerError extends Error {
  readonly code = 'unreadable-answer';
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(`The answer cannot be read: ${reason}`);
    this.name = 'UnreadableAnswerError';
    this.reason = reason;
  }
}
