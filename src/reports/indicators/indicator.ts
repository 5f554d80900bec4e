/** One figure of a run, with what it is a part of; a rate without its two numbers is never printed. */
export interface Indicator {
  readonly group: string;
  readonly label: string;
  /** What the figure is broken down by, and of which value; both empty for the whole run. */
  readonly by: string;
  readonly value: string;
  /** Null where the value itself says it: a date, a name. */
  readonly count: number | null;
  readonly of: number | null;
}

/** A figure of the whole run. */
export function figure(group: string, label: string, count: number, of: number | null = null): Indicator {
  return { group, label, by: '', value: '', count, of };
}

/** Something of the run that is no number. */
export function fact(group: string, label: string, value: string): Indicator {
  return { group, label, by: '', value, count: null, of: null };
}
