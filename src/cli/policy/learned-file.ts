import type { LearnedLevel } from '../../pipeline/replay/learn-weights.ts';
import { isObject, type JsonObject } from './policy-kind.ts';

/** Shares are written to this many decimals; a column still adds up to 1, its largest share taking up the rest. */
const DECIMALS = 6;

/** A weights file with learned shares in place of its own, under a version of its own. */
export function learnedFile(file: JsonObject, levels: readonly LearnedLevel[], decisions: number): JsonObject {
  const copy = JSON.parse(JSON.stringify(file)) as Record<string, unknown>;
  copy['version'] = `${String(file['version'])}+${decisions}`;
  for (const table of new Set(levels.map((one) => one.table))) {
    const rows = rounded(levels.filter((one) => one.table === table));
    for (const [level, share] of rows) {
      const row = [...table.split('.'), level].reduce<unknown>(
        (at, name) => (isObject(at) ? at[name] : undefined),
        copy['fields'],
      );
      if (isObject(row)) (row as Record<string, unknown>)['same'] = share;
    }
  }
  return copy;
}

function rounded(levels: readonly LearnedLevel[]): ReadonlyMap<string, number> {
  const round = (share: number): number => Number(Math.max(share, 10 ** -DECIMALS).toFixed(DECIMALS));
  const shares = new Map(levels.map(({ level, after }) => [level, round(after)]));
  const [largest] = [...levels].sort((a, b) => b.after - a.after);
  if (largest) {
    const others = [...shares].reduce((sum, [level, share]) => (level === largest.level ? sum : sum + share), 0);
    shares.set(largest.level, Number((1 - others).toFixed(DECIMALS)));
  }
  return shares;
}
