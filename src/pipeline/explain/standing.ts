import { mayMove, type EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { StoredCall, StoredDecision, StoredEnrolment } from '../../store/explain/stored-steps.ts';

/** Where an enrolment stood, by what is recorded of it. */
export interface Standing {
  readonly state: EnrolmentState;
  readonly since: Date;
  readonly reasons: readonly ReasonCode[];
  /** Each step starts from where the one before it ended. */
  readonly continuous: boolean;
}

/**
 * Reads the standing off decisions and sendings, both in order. A sending is no decision: its intent, filed before the
 * call, is what moves a person to `sending`.
 */
export function standingOf(
  enrolment: Pick<StoredEnrolment, 'openedAt'>,
  decisions: readonly StoredDecision[],
  calls: readonly StoredCall[],
): Standing {
  const sendings = calls.filter(({ operation }) => operation === 'register');
  const standing = { state: 'received' as EnrolmentState, since: enrolment.openedAt, continuous: true };
  let sent = 0;
  const send = (sending: StoredCall): void => {
    standing.continuous &&= mayMove(standing.state, 'sending', 'machine');
    standing.state = 'sending';
    standing.since = sending.plannedAt;
    sent += 1;
  };
  for (const { from, to, decidedAt } of decisions) {
    for (const sending of sendings.slice(sent)) {
      // Within one millisecond the clock does not tell which came first; where the decision starts from does.
      const together = sending.plannedAt.getTime() === decidedAt.getTime() && from === standing.state;
      if (sending.plannedAt > decidedAt || together) break;
      send(sending);
    }
    standing.continuous &&= from === standing.state;
    standing.state = to;
    standing.since = decidedAt;
  }
  const unanswered = sendings.slice(sent);
  unanswered.forEach(send);
  return { ...standing, reasons: unanswered.length > 0 ? [] : (decisions.at(-1)?.reasons ?? []) };
}
