import type { RunStatement } from './intake-session.ts';

const KEEP_UNREADABLE = `insert into unreadable_line
    (batch_id, line_number, field, code, explanation, remedy, raw_line)
  select $1, line_number, field, code, explanation, remedy, raw_line from staged_line where code is not null`;

const KEEP_REPEATED = `insert into repeated_line (batch_id, line_number, person_ref, kind, raw_line)
  select $1, s.line_number, s.person_ref, f.fate, s.raw_line
  from staged_line s join line_fate f using (line_number)
  where f.fate in ('same-content', 'other-content', 'unchanged')`;

/** Lines kept beside the accepted ones, by kind. */
export interface KeptLines {
  readonly unreadable: number;
  readonly repeated: number;
}

/** Keeps every line that was not accepted, as it was received and with the reason. */
export async function keepLines(run: RunStatement, batchId: string): Promise<KeptLines> {
  const unreadable = (await run(KEEP_UNREADABLE, [batchId])).rowCount ?? 0;
  const repeated = (await run(KEEP_REPEATED, [batchId])).rowCount ?? 0;
  return { unreadable, repeated };
}
