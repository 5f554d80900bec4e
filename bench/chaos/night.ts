import type { Times } from '../../src/domain/times.ts';
import type { Backend, ChaosOptions } from './chaos-options.ts';
import type { RunFiles } from './run-files.ts';

/** What a run works with. */
export interface Night {
  readonly options: ChaosOptions;
  readonly backend: Backend;
  readonly files: RunFiles;
  readonly settings: Readonly<Record<string, string>>;
  readonly times: Times;
  readonly limitMs: number;
  readonly say: (text: string) => void;
}
