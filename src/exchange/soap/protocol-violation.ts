/**
 * The rule of the message protocol an answer breaks: a Security Server's own names for what it checks itself, and
 * three for what only the caller can check.
 */
export type ViolatedRule =
  | 'MissingHeader'
  | 'MissingHeaderField'
  | 'DuplicateHeaderField'
  | 'InvalidXml'
  | 'InvalidProtocolVersion'
  | 'MissingBody'
  | 'InvalidBody'
  | 'InconsistentHeaders'
  | 'EchoMismatch'
  | 'RequestHashMismatch';

/**
 * Thrown when an answer can be read but is not an acceptable answer to what was sent. The outcome of the call is
 * unknown and somebody must look: X-Road does not let such an answer through. Carries no part of the answer.
 */
export class ProtocolViolationError extends Error {
  readonly rule: ViolatedRule;

  constructor(rule: ViolatedRule) {
    super(`The answer breaks the message protocol: ${rule}`);
    this.name = 'ProtocolViolationError';
    this.rule = rule;
  }
}
