import { sql, type RawBuilder } from 'kysely';
import type { RecordedResult } from './commit-moves.ts';

/** Files what calls brought, as the beginning of a statement. */
export function insertResults(results: readonly RecordedResult[]): RawBuilder<unknown> {
  return sql`
      insert into attempt_result select * from jsonb_to_recordset(${JSON.stringify(results.map(resultRow))}::jsonb) as r(
        message_id uuid, outcome text, code text, http_status int, request_id text, request_hash text,
        error_detail_id text, security_server text, started_at timestamptz, ended_at timestamptz)`;
}

function resultRow(result: RecordedResult): Record<string, unknown> {
  return {
    message_id: result.messageId,
    outcome: result.outcome,
    code: result.code,
    http_status: result.httpStatus,
    request_id: result.requestId,
    request_hash: result.requestHash,
    error_detail_id: result.errorDetailId,
    security_server: result.securityServer,
    started_at: result.startedAt,
    ended_at: result.endedAt,
  };
}
