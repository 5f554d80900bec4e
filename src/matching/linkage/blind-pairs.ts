/** Enough for a level that one pair in 10 000 shows. */
const MOST_PAIRS = 400_000;
/** Small files need fewer: what is rare in them is rare in few pairs. */
const FEWEST_PAIRS = 50_000;
const PAIRS_PER_ROW = 20;
const SEED = 0x5eed;

/** Draws pairs of rows blindly, the same ones every time, and calls `visit`: what strangers look like. A row never meets itself inside one table. */
export function drawBlindPairs(
  leftSize: number,
  rightSize: number,
  sameTable: boolean,
  visit: (left: number, right: number) => void,
): void {
  if (leftSize === 0 || rightSize === 0) return;
  const pairs = Math.min(MOST_PAIRS, FEWEST_PAIRS + PAIRS_PER_ROW * (leftSize + rightSize));
  let state = SEED;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let drawn = 0; drawn < pairs; drawn++) {
    const [left, right] = [next(leftSize), next(rightSize)];
    if (!sameTable || left !== right) visit(left, right);
  }
}
