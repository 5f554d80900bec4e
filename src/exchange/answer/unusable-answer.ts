/** Why an answer of the service cannot be used. */
export type UnusableAnswerCode = 'PAYLOAD_INVALID' | 'ANSWER_MISMATCH';

/**
 * Thrown while a payload is read, caught before the adapter returns: the outcome of the call is then unknown, never a
 * guess. `PAYLOAD_INVALID`: not what the contract says; `ANSWER_MISMATCH`: about somebody or something else. `member`
 * is a name of the contract, never a value.
 */
export class UnusableAnswerError extends Error {
  readonly code: UnusableAnswerCode;

  constructor(code: UnusableAnswerCode, member: string) {
    super(`${code}: ${member}`);
    this.name = 'UnusableAnswerError';
    this.code = code;
  }
}
