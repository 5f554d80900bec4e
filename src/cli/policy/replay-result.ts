import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReplayFigures } from '../../pipeline/replay/replay-summary.ts';

/** What `policy replay` prints as JSON; described in docs/explain.md. */
export interface ReplayResult {
  /** Null when the run's own rules were replayed. */
  readonly candidate: { readonly file: string; readonly kind: string; readonly title: string } | null;
  readonly run: {
    readonly run: string;
    readonly policyVersion: string | null;
    readonly ruleSet: string | null;
    readonly ruleSets: number;
  };
  readonly figures: ReplayFigures;
  /** The first of those who would move. */
  readonly moved: readonly {
    readonly ref: string;
    readonly from: EnrolmentState;
    readonly to: EnrolmentState;
    readonly formerReasons: readonly string[];
    readonly reasons: readonly string[];
  }[];
  /** Path of the whole list, if one was asked for. */
  readonly out: string | null;
}
