/** Pairs drawn blindly, the same ones every time: what strangers look like. */
const BLIND_PAIRS = 400_000;
const SEED = 0x5eed;

/** Calls `visit` with pairs of rows of two tables; a row never meets itself inside one table. */
export function drawBlindPairs(
  leftSize: number,
  rightSize: number,
  sameTable: boolean,
  visit: (left: number, right: number) => void,
): void {
  if (leftSize === 0 || rightSize === 0) return;
  let state = SEED;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let drawn = 0; drawn < BLIND_PAIRS; drawn++) {
    const [left, right] = [next(leftSize), next(rightSize)];
    if (!sameTable || left !== right) visit(left, right);
  }
}
