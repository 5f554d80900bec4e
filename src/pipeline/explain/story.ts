/**
 * What `explain` tells, and prints as JSON: a stable format, described in docs/explain.md. Times are ISO 8601 in UTC,
 * civil days `AAAA-MM-JJ`, identity numbers masked but for four signs.
 */
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Office, ReasonCode } from '../../domain/reasons.ts';
import type { FieldChange } from '../../domain/french/rnu-changes.ts';
import type { LinkedLine } from '../../store/explain/linked-lines.ts';
import type { StoredCall, StoredRegistration, StoredRun } from '../../store/explain/stored-steps.ts';
import type { ToldComparison } from './comparison.ts';
import type { NextStep } from './next-step.ts';

export interface Story {
  /** The day asked about; null for today. */
  readonly on: string | null;
  readonly person: ToldPerson;
  /** What batches have changed of the person and the household, in order. */
  readonly changes: readonly ToldChange[];
  /** One for each campaign. */
  readonly enrolments: readonly ToldEnrolment[];
  readonly integrity: ToldIntegrity;
  readonly consultations: {
    readonly count: number;
    readonly latest: readonly { readonly at: string; readonly by: string }[];
  };
}

/** What one batch changed; identity numbers masked. */
export interface ToldChange {
  readonly at: string;
  readonly batch: string;
  /** Empty where only something of the household changed that nothing rests on. */
  readonly fields: readonly FieldChange[];
}

export interface ToldPerson {
  readonly ref: string;
  readonly householdRef: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly sex: 'M' | 'F' | null;
  /** `AAAA`, `AAAA-MM`, `AAAA-MM-JJ`, `~AAAA` or empty. */
  readonly birth: string;
  readonly relationship: number | null;
  readonly nationalId: string;
  readonly civilRegistration: 'yes' | 'no' | 'unknown';
  readonly birthExtractNumber: string | null;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly line: {
    readonly number: number;
    readonly batch: string;
    readonly file: string;
    readonly sha256: string;
    readonly importedAt: string;
  };
  /** How often the RNU has sent other data about the person since. */
  readonly laterVersions: number;
}

export interface ToldEnrolment {
  readonly campaign: string;
  readonly enrolment: string;
  readonly openedAt: string;
  readonly state: EnrolmentState;
  readonly stateLabel: string;
  readonly since: string;
  readonly reasons: readonly ToldReason[];
  readonly registrationCode: string | null;
  readonly nextStep: NextStep;
  /** When an automatic retry is due; null when none is, or the story is of a day gone by. */
  readonly notBefore: string | null;
  readonly linkedLines: readonly LinkedLine[];
  /** Decisions follow on each other, and the last is where the enrolment stands. */
  readonly continuous: boolean;
  readonly runs: readonly ToldRun[];
  /** In the order in which they happened. */
  readonly steps: readonly ToldStep[];
}

export interface ToldReason {
  readonly code: ReasonCode;
  readonly title: string;
  readonly explanation: string;
  readonly remedy: string;
  readonly office: Office;
  readonly blocks: boolean;
}

export interface ToldRun extends Omit<StoredRun, 'closedAt'> {
  readonly closedAt: string | null;
}

export type ToldStep = ToldCall | ToldDecision | ToldRegistration;

export interface ToldCall extends Omit<StoredCall, 'plannedAt' | 'startedAt' | 'endedAt'> {
  readonly step: 'call';
  readonly at: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface ToldDecision {
  readonly step: 'decision';
  readonly at: string;
  readonly runId: string | null;
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  readonly reasons: readonly ToldReason[];
  readonly ruleVersion: string;
  /** Fingerprint of the rule files; `policy show` prints them. */
  readonly ruleSet: string | null;
  /** `machine`, `import`, or a person's name. */
  readonly decidedBy: string;
  readonly because: string | null;
  readonly comparisons: readonly ToldComparison[];
}

export interface ToldRegistration extends Omit<StoredRegistration, 'recordedAt'> {
  readonly step: 'registration';
  readonly at: string;
}

export interface ToldIntegrity {
  readonly journalIntact: boolean;
  readonly journalEntries: number;
  readonly firstBrokenEntry: string | null;
  readonly protectedTables: boolean;
}
