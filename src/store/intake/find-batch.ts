import type { RunStatement } from './intake-session.ts';

/** A batch that is already there. */
export interface KnownBatch {
  readonly id: string;
  readonly number: string;
}

/** The batch whose delivery had exactly these bytes, if any. */
export async function findBatchBySha256(run: RunStatement, sha256: Buffer): Promise<KnownBatch | null> {
  const { rows } = await run<{ id: string; number: string }>('select id, number from batch where sha256 = $1', [
    sha256,
  ]);
  return rows[0] ?? null;
}

/** Whether a batch bears this number. */
export async function isBatchNumberTaken(run: RunStatement, number: string): Promise<boolean> {
  const { rowCount } = await run('select from batch where number = $1', [number]);
  return rowCount !== 0;
}

/** `wanted`, or the first free of `wanted-2`, `wanted-3`… Only inside a merge is it still free afterwards. */
export async function freeBatchNumber(run: RunStatement, wanted: string): Promise<string> {
  const { rows } = await run<{ number: string }>('select number from batch where starts_with(number, $1)', [wanted]);
  const taken = new Set(rows.map(({ number }) => number));
  let number = wanted;
  for (let next = 2; taken.has(number); next += 1) number = `${wanted}-${next}`;
  return number;
}
