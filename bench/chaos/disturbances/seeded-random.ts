import { stableFraction } from '../../../fixtures/sandbox/stable-hash.ts';

/** Uniform in [0, 1), the same sequence for the same seed. */
export function seededRandom(seed: string): () => number {
  let drawn = 0;
  return () => stableFraction(`${seed}|${drawn++}`);
}
