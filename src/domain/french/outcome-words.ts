import type { EnrolmentState } from '../enrolment-state.ts';
import type { ReasonCode } from '../reasons.ts';
import { STATE_CODES, STATE_LABELS, WOULD_BE_ENROLLED, WOULD_BE_ENROLLED_CODE } from './state-labels.ts';

/** An outcome as reports name it: label for people and code for files. A rehearsal's confirmed people have their own. */
export function outcomeWords(
  state: EnrolmentState,
  reasons: readonly ReasonCode[],
): { readonly label: string; readonly code: string } {
  return reasons.includes('ENVOI_A_BLANC')
    ? { label: WOULD_BE_ENROLLED, code: WOULD_BE_ENROLLED_CODE }
    : { label: STATE_LABELS[state], code: STATE_CODES[state] };
}
