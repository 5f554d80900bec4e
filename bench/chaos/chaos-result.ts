import type { Times } from '../../src/domain/times.ts';
import type { Backend, ChaosOptions } from './chaos-options.ts';
import type { CheckedNight } from './checker/check-night.ts';
import type { DisturbedNight } from './disturb-night.ts';

/** What a run was, what was done to it, and what the checker found. */
export interface ChaosResult extends CheckedNight, DisturbedNight {
  readonly options: ChaosOptions & { readonly backend: Backend };
  readonly times: Times;
  readonly limitMs: number;
  readonly tookMs: number;
  readonly folder: string;
  /** Workers that ended without being told to and were started again. */
  readonly workersEndedByThemselves: number;
  /** The checker found nothing, and what killed workers held was taken up again in time. */
  readonly clean: boolean;
}
