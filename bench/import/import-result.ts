import type { ImportFigures } from './measure-imports.ts';

/** What the bench found, as `--json` prints it. */
export interface ImportBenchResult extends ImportFigures {
  readonly bench: 'import';
  readonly machine: string;
}
