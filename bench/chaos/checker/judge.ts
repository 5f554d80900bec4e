import type { LedgerFact, NightFacts, PersonFact, ReportFact } from './facts.ts';

/** What is wrong with a night: people or registrations, by name, for whoever looks into it. */
export interface Verdict {
  /** Accepted and without an outcome when the run was over, or in no list at all. */
  readonly lost: readonly string[];
  /** Without an outcome because the night reached its limit: neither lost nor safe. */
  readonly unfinished: readonly string[];
  /** Registered more than once, as one RNU person or as one human on several lines. */
  readonly twice: readonly string[];
  /** Registered though the truth forbids it and the registries know. */
  readonly wronglyEnrolled: readonly string[];
  /** Believed to be registered, and not in the ledger. */
  readonly recordedButAbsent: readonly string[];
  /** In the ledger, and neither believed to be registered nor still being looked for. */
  readonly absentButRecorded: readonly string[];
  /** Paid anything, in the ledger or in the database. */
  readonly charged: readonly string[];
  /** Written over by somebody who had lost the household. */
  readonly overwritten: readonly string[];
  /** Still unknown though the partner is back. */
  readonly unsettled: readonly string[];
  /** Lines of the report that say other than the database and the ledger. */
  readonly misreported: readonly string[];
  /** Sums that do not hold, and differences the run saw that do not exist, or did not see that do. */
  readonly unbalanced: readonly string[];
}

/** States in which nobody is worked on any more. */
const OVER = new Set(['closed', 'unbalanced', 'defective']);
const REGISTERED = new Set(['enrolled', 'renewed']);
const BEING_LOOKED_FOR = new Set(['sending', 'outcome-unknown']);

/** Judges a night by the facts alone. */
export function judge(facts: NightFacts): Verdict {
  const ledger = facts.ledger.filter((entry) => entry.campaign === facts.campaign);
  const carriedOut = new Set(ledger.map((entry) => entry.person));
  const believed = new Map(facts.registrations.map((one) => [one.person, one.registrationCode]));
  const recordedButAbsent = [
    ...facts.registrations.filter((one) => !carriedOut.has(one.person)).map((one) => one.person),
    ...facts.people
      .filter(({ ref, state }) => REGISTERED.has(state ?? '') && !believed.has(ref))
      .map(({ ref }) => `${ref} (no registration)`),
  ];
  const open = new Set(facts.people.filter(({ state }) => BEING_LOOKED_FOR.has(state ?? '')).map(({ ref }) => ref));
  const verdict = {
    lost: lost(facts),
    unfinished: OVER.has(facts.run.state) ? [] : withoutOutcome(facts),
    twice: twice(facts, ledger),
    wronglyEnrolled: facts.truth
      .filter(({ ref, mustNotEnrol, registriesKnow }) => mustNotEnrol !== null && registriesKnow && carriedOut.has(ref))
      .map(({ ref }) => ref),
    recordedButAbsent,
    absentButRecorded: [...carriedOut].filter((person) => !believed.has(person) && !open.has(person)),
    charged: [
      ...ledger.filter(({ amountPaid }) => amountPaid !== 0).map(({ person }) => `${person} (ledger)`),
      ...facts.registrations.filter(({ amountPaid }) => amountPaid !== 0).map(({ person }) => `${person} (database)`),
    ],
    overwritten: facts.brokenDecisions.map(({ ref, before, from, to }) => `${ref} (${before}; ${from} → ${to})`),
    unsettled: OVER.has(facts.run.state) ? [...open] : [],
    misreported: misreported(facts, believed),
  };
  return { ...verdict, unbalanced: unbalanced(facts, verdict) };
}

/** Whether nothing at all is wrong. */
export function isClean(verdict: Verdict): boolean {
  return Object.values(verdict).every((found: readonly string[]) => found.length === 0);
}

function withoutOutcome({ people, run }: NightFacts): readonly string[] {
  const closed = run.state === 'closed';
  return people
    .filter(({ state, step, frozen }) => state !== null && (closed ? frozen === null : step !== 'none'))
    .map(({ ref }) => ref);
}

function lost(facts: NightFacts): readonly string[] {
  const { truth, people, run, report } = facts;
  const known = new Set(people.map(({ ref }) => ref));
  const reported = new Set((report ?? []).map(lineOf));
  const unreported = report === null ? [] : people.filter((person) => !reported.has(lineOf(person)));
  return [
    ...new Set([
      ...truth.filter(({ ref }) => !known.has(ref)).map(({ ref }) => ref),
      ...people.filter(({ state }) => state === null).map(({ ref }) => ref),
      ...(OVER.has(run.state) ? withoutOutcome(facts) : []),
      ...unreported.map(({ ref }) => ref),
    ]),
  ];
}

function twice({ truth }: NightFacts, ledger: readonly LedgerFact[]): readonly string[] {
  const humanOf = new Map(truth.map(({ ref, human }) => [ref, human]));
  const seenHumans = new Map<string, string>();
  const found: string[] = [];
  for (const { person } of ledger) {
    // A line the truth does not know is somebody of their own.
    const human = humanOf.get(person) ?? person;
    const before = seenHumans.get(human);
    if (before === undefined) seenHumans.set(human, person);
    else found.push(before === person ? person : `${person} (also ${before})`);
  }
  return found;
}

function misreported({ people, report }: NightFacts, believed: ReadonlyMap<string, string>): readonly string[] {
  const byLine = new Map(people.map((person) => [lineOf(person), person]));
  return (report ?? []).flatMap((line) => {
    const person = byLine.get(lineOf(line));
    if (person === undefined) return [`${lineOf(line)} (nobody)`];
    const code = believed.get(person.ref) ?? '';
    if (line.outcome !== OUTCOME_CODES[person.frozen ?? '']) return [`${person.ref} (${line.outcome})`];
    return REGISTERED.has(person.frozen ?? '') && line.registrationCode !== code ? [`${person.ref} (code)`] : [];
  });
}

/** Codes of the outcomes as the agency's files have them, written down a second time on purpose. */
const OUTCOME_CODES: Readonly<Record<string, string>> = {
  received: 'RECU',
  confirmed: 'IDENTITE_CONFIRMEE',
  sending: 'ENVOI_EN_COURS',
  enrolled: 'ENROLE',
  'already-enrolled': 'DEJA_ENROLE_A_JOUR',
  renewed: 'RENOUVELE',
  'needs-review': 'A_VERIFIER',
  deferred: 'REPORTE',
  'outcome-unknown': 'ISSUE_INCONNUE',
};

function unbalanced(facts: NightFacts, verdict: Omit<Verdict, 'unbalanced'>): readonly string[] {
  const { run, batchLines, people, report } = facts;
  const found: string[] = [];
  const hold = (what: string, one: number, other: number): void => {
    if (one !== other) found.push(`${what}: ${one} and ${other}`);
  };
  if (run.state !== 'closed') found.push(`the run is ${run.state}`);
  hold('lines of the batch, lines read', batchLines, run.linesRead);
  hold('lines read, their parts', run.linesRead, run.accepted + run.repeats + run.unreadable);
  hold('people of the run, people of the database', run.people, people.length);
  if (report !== null) hold('lines of the report, people of the run', report.length, run.people);
  const real = verdict.twice.length + verdict.recordedButAbsent.length + verdict.absentButRecorded.length;
  if (run.state === 'closed' && real === 0) hold('differences the run saw, differences there are', run.differences, 0);
  return found;
}

function lineOf({
  householdRef,
  memberNumber,
}: Pick<PersonFact | ReportFact, 'householdRef' | 'memberNumber'>): string {
  return `${householdRef}/${memberNumber}`;
}
