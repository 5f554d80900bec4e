import { describe, expect, it } from '@jest/globals';
import type { NightFacts, PersonFact, TruthFact } from '../../bench/chaos/checker/facts.ts';
import { isClean, judge, type Verdict } from '../../bench/chaos/checker/judge.ts';

const CAMPAIGN = 'CHAOS';

function truth(ref: string, more: Partial<TruthFact> = {}): TruthFact {
  return { ref, human: `human of ${ref}`, mustNotEnrol: null, registriesKnow: true, ...more };
}

function person(memberNumber: number, state: string): PersonFact {
  return { ref: `H-1/${memberNumber}`, householdRef: 'H 1', memberNumber, state, step: 'none', frozen: state };
}

/** Four people, two of whom are registered, each once and free of charge. */
function goodNight(): NightFacts {
  const registered = [
    { person: 'H-1/1', amountPaid: 0, registrationCode: 'K1' },
    { person: 'H-1/2', amountPaid: 0, registrationCode: 'K2' },
  ];
  const people = [
    person(1, 'enrolled'),
    person(2, 'renewed'),
    person(3, 'needs-review'),
    person(4, 'already-enrolled'),
  ];
  const codes = ['ENROLE', 'RENOUVELE', 'A_VERIFIER', 'DEJA_ENROLE_A_JOUR'];
  return {
    campaign: CAMPAIGN,
    batchLines: 6,
    truth: people.map(({ ref }) => truth(ref)),
    ledger: registered.map((one) => ({ ...one, campaign: CAMPAIGN })),
    people,
    registrations: registered,
    brokenDecisions: [],
    run: { state: 'closed', people: 4, linesRead: 6, accepted: 4, repeats: 1, unreadable: 1, differences: 0 },
    report: people.map(({ householdRef, memberNumber }, index) => ({
      householdRef,
      memberNumber,
      outcome: codes[index]!,
      registrationCode: registered[index]?.registrationCode ?? '',
    })),
  };
}

const night = goodNight();

/** A defect, the facts it leaves behind, and what the checker must call it. */
const PLANTED: readonly (readonly [defect: string, facts: NightFacts, kind: keyof Verdict])[] = [
  ['a person of the batch whom nobody knows', { ...night, truth: [...night.truth, truth('H-9/1')] }, 'lost'],
  ['a person without an enrolment', withPerson({ state: null, step: null, frozen: null }), 'lost'],
  ['a person the closed run has no outcome for', withPerson({ frozen: null }), 'lost'],
  ['a person the report leaves out', { ...night, report: night.report!.slice(1) }, 'lost'],
  [
    'a person still at work in a run that stopped for good',
    {
      ...withPerson({ step: 'register', state: 'confirmed', frozen: null }),
      run: { ...night.run, state: 'unbalanced' },
    },
    'lost',
  ],
  ['a second write for one person', { ...night, ledger: [...night.ledger, night.ledger[0]!] }, 'twice'],
  [
    'a second write under the same code, as a renewal has it',
    { ...night, ledger: [...night.ledger, { ...night.ledger[1]! }] },
    'twice',
  ],
  [
    'one human registered on two lines',
    { ...night, truth: night.truth.map((one) => ({ ...one, human: 'the same' })) },
    'twice',
  ],
  [
    'somebody dead according to a registry',
    { ...night, truth: [truth('H-1/1', { mustNotEnrol: 'deceased' }), ...night.truth.slice(1)] },
    'wronglyEnrolled',
  ],
  ['a registration the partner never carried out', { ...night, ledger: night.ledger.slice(1) }, 'recordedButAbsent'],
  ['an outcome without a registration', { ...night, registrations: night.registrations.slice(1) }, 'recordedButAbsent'],
  [
    'a write nobody here knows of',
    {
      ...night,
      ledger: [...night.ledger, { campaign: CAMPAIGN, person: 'H-1/3', amountPaid: 0, registrationCode: 'K3' }],
    },
    'absentButRecorded',
  ],
  [
    'a charge in the ledger',
    { ...night, ledger: night.ledger.map((one) => ({ ...one, amountPaid: 3_500 })) },
    'charged',
  ],
  [
    'a charge in the database',
    { ...night, registrations: night.registrations.map((one) => ({ ...one, amountPaid: 3_500 })) },
    'charged',
  ],
  [
    'a decision that does not follow from the one before',
    { ...night, brokenDecisions: [{ ref: 'H-1/1', before: 'enrolled', from: 'received', to: 'confirmed' }] },
    'overwritten',
  ],
  ['an outcome nobody settled', withPerson({ state: 'outcome-unknown', frozen: 'outcome-unknown' }), 'unsettled'],
  [
    'an outcome the report tells otherwise',
    { ...night, report: night.report!.map((line) => ({ ...line, outcome: 'REPORTE' })) },
    'misreported',
  ],
  [
    'a code the report tells otherwise',
    { ...night, report: night.report!.map((line) => ({ ...line, registrationCode: 'K9' })) },
    'misreported',
  ],
  ['a line of the batch nobody read', { ...night, batchLines: 7 }, 'unbalanced'],
  ['parts that are not the whole', { ...night, run: { ...night.run, repeats: 2 } }, 'unbalanced'],
  ['a run that stopped', { ...night, run: { ...night.run, state: 'unbalanced' } }, 'unbalanced'],
  ['a difference the run saw and nobody else sees', { ...night, run: { ...night.run, differences: 1 } }, 'unbalanced'],
];

/** The third of the four people, altered. */
function withPerson(change: Partial<PersonFact>): NightFacts {
  return { ...night, people: night.people.map((one, index) => (index === 2 ? { ...one, ...change } : one)) };
}

describe('the checker of a chaos night', () => {
  it('finds nothing in a good night', () => {
    expect(isClean(judge(night))).toBe(true);
  });

  it.each(PLANTED)('finds %s', (_defect, facts, kind) => {
    const verdict = judge(facts);
    expect(verdict[kind].length).toBeGreaterThan(0);
    expect(isClean(verdict)).toBe(false);
  });

  it('calls a night at its limit unfinished, and nobody of it lost', () => {
    const cut = {
      ...withPerson({ step: 'register', state: 'sending', frozen: null }),
      run: { ...night.run, state: 'registering' },
      report: null,
    };
    const verdict = judge(cut);
    expect(verdict.unfinished).toEqual(['H-1/3']);
    expect(verdict.lost).toEqual([]);
    expect(verdict.unsettled).toEqual([]);
    expect(isClean(verdict)).toBe(false);
  });

  it('does not call those dead whose death no registry knows', () => {
    const unknown = truth('H-1/1', { mustNotEnrol: 'deceased', registriesKnow: false });
    expect(isClean(judge({ ...night, truth: [unknown, ...night.truth.slice(1)] }))).toBe(true);
  });

  it('leaves other campaigns of the partner alone', () => {
    const earlier = night.ledger.map((one) => ({ ...one, campaign: 'BEFORE' }));
    expect(isClean(judge({ ...night, ledger: [...earlier, ...night.ledger] }))).toBe(true);
  });
});
