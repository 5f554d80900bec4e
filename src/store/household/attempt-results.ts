import { sql, type RawBuilder } from 'kysely';
import type { AttemptResultTable } from '../schema.ts';

/** What a call brought, to be filed under the message id stored before it left. */
export interface RecordedResult {
  readonly messageId: string;
  readonly outcome: AttemptResultTable['outcome'];
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly requestHash: string | null;
  readonly errorDetailId: string | null;
  readonly securityServer: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
}

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
