import type { NameLexicon } from '../name-lexicon.ts';
import { Interner } from './interner.ts';
import { NamePool } from './name-pool.ts';
import { NumberPool } from './number-pool.ts';

/** Distinct values of a job, shared by its two files so that equal values are equal numbers. */
export interface ValuePools {
  readonly names: NamePool;
  readonly texts: Interner;
  readonly numbers: NumberPool;
  readonly placeholderDays: readonly string[];
}

export function createValuePools(lexicon: NameLexicon, placeholderDays: readonly string[]): ValuePools {
  return { names: new NamePool(lexicon), texts: new Interner(), numbers: new NumberPool(), placeholderDays };
}
