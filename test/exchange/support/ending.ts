import type { CallResult } from '../../../src/domain/partner-call.ts';

/** A result in one line, for tables of cases: `answer`, `transient CODE`, `route CODE`, `message CODE`, `unknown CODE`. */
export function ending(result: CallResult<unknown>): string {
  switch (result.kind) {
    case 'answer':
      return 'answer';
    case 'refusal':
      return `refusal ${result.code}`;
    case 'not-processed':
      return `${result.failure} ${result.code}`;
    case 'unknown':
      return `unknown ${result.code}`;
  }
}
