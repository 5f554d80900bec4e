import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choosePolicyHolder, type HolderCandidate, type HolderStanding } from '../../src/domain/policy-holder.ts';

const ROLES = ['head', 'grant-manager', 'deputy-grant-manager'] as const;
const HOUSEHOLD = { grantManager: 2, deputyGrantManager: 3 };

const member = (memberNumber: number, standing: HolderStanding, age: number | null = 40): HolderCandidate => ({
  memberNumber,
  isHead: memberNumber === 1,
  age,
  standing,
});
const choose = (...members: readonly HolderCandidate[]) => choosePolicyHolder(members, HOUSEHOLD, ROLES, 18);

describe('the holder of a policy', () => {
  it.each<[string, readonly HolderCandidate[], number | 'wait' | 'none']>([
    ['is the head', [member(1, 'registrable'), member(2, 'covered')], 1],
    [
      'is the manager of the grant when the head waits for a person',
      [member(1, 'unavailable'), member(2, 'covered')],
      2,
    ],
    ['is the deputy when both do', [member(1, 'unavailable'), member(2, 'unavailable'), member(3, 'registrable')], 3],
    ['is waited for', [member(1, 'undecided'), member(2, 'covered')], 'wait'],
    ['is not a minor', [member(1, 'registrable', 17), member(2, 'registrable', 18)], 2],
    ['is nobody whose age is unknown', [member(1, 'registrable', null)], 'none'],
    ['is not waited for when a minor', [member(1, 'undecided', 12), member(2, 'registrable')], 2],
    ['is nobody without a role', [member(4, 'covered'), member(5, 'registrable')], 'none'],
    ['is nobody in an empty household', [], 'none'],
  ])('%s', (_what, members, expected) => {
    const choice = choose(...members);
    expect(choice.kind === 'holder' ? choice.member.memberNumber : choice.kind).toBe(expected);
  });

  it('is always an adult who is registered or can be, whatever the household', () => {
    const candidate = fc.record({
      memberNumber: fc.integer({ min: 1, max: 5 }),
      isHead: fc.boolean(),
      age: fc.option(fc.integer({ min: 0, max: 120 })),
      standing: fc.constantFrom<HolderStanding>('covered', 'registrable', 'undecided', 'unavailable'),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 8 }), (members) => {
        const choice = choose(...members);
        if (choice.kind !== 'holder') return;
        expect(choice.member.age).toBeGreaterThanOrEqual(18);
        expect(['covered', 'registrable']).toContain(choice.member.standing);
      }),
    );
  });
});
