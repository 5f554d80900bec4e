import type { LinkedPair } from './link-tables.ts';

/** First line of the answer of `match` and `dedupe`. */
export const LINKED_PAIR_HEADER = 'left_id,right_id,score,decision,reasons';

/**
 * One line of that answer, without the line end. `score` has four decimals; `reasons` gives each field's level and weight
 * in bits, then what no field gives (`prior`), then why a good score was not enough.
 */
export function linkedPairLine(pair: LinkedPair): string {
  const fields = pair.evidence.map(({ field, level, bits }) => `${field}=${level}(${signed(bits)})`);
  const reasons = [...fields, `prior(${signed(pair.priorBits)})`, ...pair.doubts].join('|');
  return [pair.leftId, pair.rightId, pair.score.toFixed(4), pair.decision, reasons].map(cell).join(',');
}

function signed(bits: number): string {
  const text = bits.toFixed(1);
  return bits >= 0 ? `+${text}` : text;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
