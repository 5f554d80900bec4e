/**
 * What is known of a night from four sides that know nothing of each other: the truth of the invented people, the
 * partner's ledger, the database and the report. The checker shares no code with the product: it reads lines and plain
 * SQL, so that a mistake of the product cannot hide in it.
 */

/** A line of the truth: about whom, and whether the machine may enrol. */
export interface TruthFact {
  /** RNU person. */
  readonly ref: string;
  readonly human: string;
  readonly mustNotEnrol: string | null;
  readonly registriesKnow: boolean;
}

/** A write the partner carried out. */
export interface LedgerFact {
  readonly campaign: string;
  readonly person: string;
  readonly amountPaid: number;
  readonly registrationCode: string;
}

/** A person as the database has them; `frozen` is what the closed run says of them. */
export interface PersonFact {
  readonly ref: string;
  /** As the report names the household and the member. */
  readonly householdRef: string;
  readonly memberNumber: number;
  /** Null: nobody ever thought of enrolling them. */
  readonly state: string | null;
  /** The step that is left; `none` when there is an outcome. */
  readonly step: string | null;
  readonly frozen: string | null;
}

/** A registration the database believes in. */
export interface RegistrationFact {
  readonly person: string;
  readonly amountPaid: number;
  readonly registrationCode: string;
}

export interface RunFact {
  readonly state: string;
  readonly people: number;
  readonly linesRead: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly unreadable: number;
  /** Differences the run itself found when it read SIGICMU back. */
  readonly differences: number;
}

/** A decision that does not begin where the one before it ended: somebody wrote over another's work. */
export interface BrokenDecision {
  readonly ref: string;
  readonly before: string;
  readonly from: string;
  readonly to: string;
}

/** A line of the report. */
export interface ReportFact {
  readonly householdRef: string;
  readonly memberNumber: number;
  readonly outcome: string;
  readonly registrationCode: string;
}

export interface NightFacts {
  readonly campaign: string;
  /** Lines of the batch file, the header left out. */
  readonly batchLines: number;
  readonly truth: readonly TruthFact[];
  readonly ledger: readonly LedgerFact[];
  readonly people: readonly PersonFact[];
  readonly registrations: readonly RegistrationFact[];
  readonly brokenDecisions: readonly BrokenDecision[];
  readonly run: RunFact;
  /** Null when the run did not close: there is no report then. */
  readonly report: readonly ReportFact[] | null;
}
