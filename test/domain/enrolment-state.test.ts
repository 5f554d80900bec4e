import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  COVERED_STATES,
  ENROLMENT_STATES,
  mayMove,
  type EnrolmentState,
  type Mover,
} from '../../src/domain/enrolment-state.ts';

const PERSON_ONLY: readonly EnrolmentState[] = ['discarded-duplicate', 'discarded-deceased', 'out-of-scope'];
const MOVERS: readonly Mover[] = ['machine', 'person'];

const movesFrom = (from: EnrolmentState, movers: readonly Mover[]): readonly EnrolmentState[] =>
  ENROLMENT_STATES.filter((to) => movers.some((mover) => mayMove(from, to, mover)));

/** Whether the machine has nothing left to do. */
const isSettled = (state: EnrolmentState): boolean => movesFrom(state, ['machine']).length === 0;

function reachable(start: EnrolmentState, movers: readonly Mover[]): ReadonlySet<EnrolmentState> {
  const reached = new Set<EnrolmentState>([start]);
  for (const state of reached) for (const next of movesFrom(state, movers)) reached.add(next);
  return reached;
}

/** A life: at every step a mover tries any state at all; what the table refuses does not happen. */
const lives = fc.array(fc.tuple(fc.constantFrom(...ENROLMENT_STATES), fc.constantFrom(...MOVERS)), { maxLength: 40 });

function live(attempts: readonly (readonly [EnrolmentState, Mover])[]): readonly (readonly [EnrolmentState, Mover])[] {
  let state: EnrolmentState = 'received';
  return attempts.flatMap(([to, mover]) => {
    if (!mayMove(state, to, mover)) return [];
    state = to;
    return [[to, mover] as const];
  });
}

describe('the transition table', () => {
  it('reaches every state from the arrival of a person', () => {
    expect([...reachable('received', MOVERS)].sort()).toEqual([...ENROLMENT_STATES].sort());
  });

  it('lets every life end: from everywhere the machine can come to rest', () => {
    for (const state of ENROLMENT_STATES) expect([...reachable(state, ['machine'])].some(isSettled)).toBe(true);
  });

  it('never lets the machine refuse anybody', () => {
    for (const from of ENROLMENT_STATES)
      for (const to of PERSON_ONLY) expect([from, to, mayMove(from, to, 'machine')]).toEqual([from, to, false]);
  });

  it('lets a person decide on doubts alone', () => {
    for (const from of ENROLMENT_STATES) expect(movesFrom(from, ['person']).length > 0).toBe(from === 'needs-review');
  });

  it('lets a person have somebody verified afresh, or looked for after a sending, and never sent by a word alone', () => {
    expect([...movesFrom('needs-review', ['person'])].sort()).toEqual(
      ['confirmed', 'outcome-unknown', 'received', ...PERSON_ONLY].sort(),
    );
  });

  it('holds whatever is tried: ends stay ends, and nobody is sent whose registration has been refused or made', () => {
    fc.assert(
      fc.property(lives, (attempts) => {
        let before: EnrolmentState = 'received';
        for (const [state, mover] of live(attempts)) {
          if (PERSON_ONLY.includes(state)) expect([before, mover]).toEqual(['needs-review', 'person']);
          expect((COVERED_STATES as readonly EnrolmentState[]).includes(before)).toBe(false);
          if (state === 'sending') expect(['confirmed', 'deferred', 'outcome-unknown', 'sending']).toContain(before);
          if (state === 'enrolled' || state === 'renewed') expect(['sending', 'outcome-unknown']).toContain(before);
          if (mover === 'machine') expect(isSettled(before)).toBe(false);
          before = state;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never makes a refusal of an unknown outcome', () => {
    expect(movesFrom('outcome-unknown', ['person'])).toEqual([]);
    for (const state of movesFrom('outcome-unknown', ['machine'])) expect(PERSON_ONLY).not.toContain(state);
  });

  it('knows the states in which the machine has nothing left to do', () => {
    expect(ENROLMENT_STATES.filter(isSettled).sort()).toEqual(
      [...COVERED_STATES, 'needs-review', ...PERSON_ONLY].sort(),
    );
  });
});
