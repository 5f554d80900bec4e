import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ReplayedPage, ReplayedPerson } from './replay-run.ts';

/** How many would go from one outcome to another. */
export interface Transition {
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  readonly people: number;
}

/** How many carry a reason now, and would. */
export interface ReasonShift {
  readonly reason: ReasonCode;
  readonly before: number;
  readonly after: number;
}

/** What a replay comes to. `people = replayed + notVerified + lost`; `replayed = moved + otherReasons + unchanged`. */
export interface ReplayFigures {
  readonly people: number;
  readonly replayed: number;
  /** In the run, and never verified by it: nothing is recorded to decide on. */
  readonly notVerified: number;
  readonly lost: number;
  readonly moved: number;
  readonly otherReasons: number;
  readonly unchanged: number;
  /** Of the unchanged, those whose comparisons came out with other levels or weights. */
  readonly otherCertificate: number;
  /** Of those who would move or change reasons, decided by a named person since. */
  readonly decidedSince: number;
  /** People whose new outcome would need a call that was not made. */
  readonly unasked: number;
  readonly transitions: readonly Transition[];
  readonly reasons: readonly ReasonShift[];
}

export type Change = 'moved' | 'other-reasons' | 'none';

/** Whether a person would move, keep their outcome for other reasons, or stay as they are. */
export function changeOf({ from, to, formerReasons, reasons }: ReplayedPerson): Change {
  if (from !== to) return 'moved';
  return formerReasons.join() === reasons.join() ? 'none' : 'other-reasons';
}

type Counts = { -readonly [K in Exclude<keyof ReplayFigures, 'transitions' | 'reasons'>]: number };

/** Adds up a replay while it goes on; holds counts only, whatever the size of the run. */
export class ReplayTally {
  readonly #counts: Counts = {
    ...{ people: 0, replayed: 0, notVerified: 0, lost: 0, moved: 0, otherReasons: 0, unchanged: 0 },
    ...{ otherCertificate: 0, decidedSince: 0, unasked: 0 },
  };
  readonly #transitions = new Map<string, Transition>();
  readonly #reasons = new Map<ReasonCode, ReasonShift>();

  add(page: ReplayedPage): void {
    const counts = this.#counts;
    counts.people += page.people;
    counts.replayed += page.replayed.length;
    counts.lost += page.lost.length;
    counts.notVerified += page.people - page.replayed.length - page.lost.length;
    for (const person of page.replayed) this.#addPerson(person);
  }

  figures(): ReplayFigures {
    return {
      ...this.#counts,
      transitions: [...this.#transitions.values()].sort((a, b) => b.people - a.people),
      reasons: [...this.#reasons.values()]
        .filter(({ before, after }) => before !== after)
        .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)),
    };
  }

  #addPerson(person: ReplayedPerson): void {
    const counts = this.#counts;
    const change = changeOf(person);
    if (change === 'moved') counts.moved += 1;
    else if (change === 'other-reasons') counts.otherReasons += 1;
    else counts.unchanged += 1;
    if (change === 'none' && !person.sameCertificate) counts.otherCertificate += 1;
    if (change !== 'none' && person.decidedSince) counts.decidedSince += 1;
    if (person.unasked.length > 0) counts.unasked += 1;
    if (change === 'moved') this.#addTransition(person);
    for (const reason of person.formerReasons) this.#shift(reason, 1, 0);
    for (const reason of person.reasons) this.#shift(reason, 0, 1);
  }

  #addTransition({ from, to }: ReplayedPerson): void {
    const key = `${from} ${to}`;
    this.#transitions.set(key, { from, to, people: (this.#transitions.get(key)?.people ?? 0) + 1 });
  }

  #shift(reason: ReasonCode, before: number, after: number): void {
    const shift = this.#reasons.get(reason);
    this.#reasons.set(reason, {
      reason,
      before: (shift?.before ?? 0) + before,
      after: (shift?.after ?? 0) + after,
    });
  }
}
