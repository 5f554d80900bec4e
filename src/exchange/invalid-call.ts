/**
 * Thrown while a request is being written, before anything leaves: the call itself cannot be put on the wire. Becomes
 * a `message` failure; the same call will never succeed. `what` names the field, never its value.
 */
export class InvalidCallError extends Error {
  readonly code = 'invalid-call';

  constructor(what: string) {
    super(`The call cannot be sent: ${what}`);
    this.name = 'InvalidCallError';
  }
}
