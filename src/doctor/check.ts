/** The outcome of one look at the installation. */
export interface Check {
  /** French, stable, free of personal data and of secrets. */
  readonly name: string;
  /** Null: not configured, or not to be judged. */
  readonly ok: boolean | null;
  readonly detail: string;
  /** What to do; empty when there is nothing to do. */
  readonly advice: string;
}

/** What a probe found; its name is added by the runner. */
export type Finding = Omit<Check, 'name'>;

/** One look to take. */
export interface Probe {
  readonly name: string;
  /** May throw: that is a failed check. */
  look(): Promise<Finding> | Finding;
}

export const good = (detail: string): Finding => ({ ok: true, detail, advice: '' });
export const bad = (detail: string, advice: string): Finding => ({ ok: false, detail, advice });
export const unjudged = (detail: string, advice = ''): Finding => ({ ok: null, detail, advice });
