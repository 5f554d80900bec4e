import type { CallResult } from '../domain/partner-call.ts';
import type { RecordedResult } from '../store/household/commit-moves.ts';

/** A call's end as it is filed: evidence without content, under the message id stored before it left. */
export function recordedResult(result: CallResult<unknown>): RecordedResult {
  const { trace } = result;
  return {
    messageId: trace.messageId,
    outcome: result.kind === 'not-processed' ? result.failure : result.kind,
    code: result.kind === 'answer' ? null : result.code,
    httpStatus: trace.httpStatus,
    requestId: trace.requestId,
    requestHash: trace.requestHash,
    errorDetailId: trace.errorDetailId,
    securityServer: trace.securityServer,
    startedAt: trace.startedAt,
    endedAt: trace.endedAt,
  };
}
