import type { OwnFailureCode } from '../failures/own-failures.ts';

/**
 * Thrown when a request brought no complete response. Holds a code and nothing else: an error of an HTTP library
 * carries headers and body of the request, hence names and numbers of people.
 */
export class TransportError extends Error {
  readonly code: OwnFailureCode;

  constructor(code: OwnFailureCode) {
    super(`No complete response: ${code}`);
    this.name = 'TransportError';
    this.code = code;
  }
}
