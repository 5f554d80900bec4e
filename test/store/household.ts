/** One household brought to a given point, and the pieces of a commit about it. */
import { randomUUID } from 'node:crypto';
import type { ReasonCode } from '../../src/domain/reasons.ts';
import {
  claimHousehold,
  type ClaimedHousehold,
  type ClaimedMember,
  type Step,
} from '../../src/store/household/claim-household.ts';
import type { Move, RecordedResult } from '../../src/store/household/commit-moves.ts';
import { planReads } from '../../src/store/household/plan-attempts.ts';
import type { Executor } from '../../src/store/database.ts';

/** Claims as a worker of that name. */
export function claim(
  db: Executor,
  householdId: string,
  owner: string,
  options: { step?: Step; leaseMs?: number } = {},
): Promise<ClaimedHousehold | null> {
  const { step = 'verify', leaseMs = 60_000 } = options;
  return claimHousehold(db, { householdId, step, owner, leaseMs });
}

/** As above, where nothing may stand in the way. */
export async function claimed(
  db: Executor,
  householdId: string,
  owner: string,
  options: { step?: Step; leaseMs?: number } = {},
): Promise<ClaimedHousehold> {
  const household = await claim(db, householdId, owner, options);
  if (!household) throw new Error('the household could not be claimed');
  return household;
}

export function move(member: ClaimedMember, change: Partial<Move> & Pick<Move, 'to' | 'step'>): Move {
  return {
    enrolmentId: member.enrolmentId,
    from: member.state,
    reasons: [] as ReasonCode[],
    pauseMs: null,
    tries: 0,
    ruleVersion: 'test',
    certificate: [],
    identity: null,
    renews: null,
    registrationCode: null,
    ...change,
  };
}

/** A read that was made for a member: filed first, then its result. */
export async function readMade(
  db: Executor,
  household: ClaimedHousehold,
  member: ClaimedMember,
): Promise<RecordedResult> {
  const messageId = randomUUID();
  await planReads(db, household, [{ messageId, enrolmentId: member.enrolmentId, operation: 'cover', number: 1 }]);
  const at = new Date().toISOString();
  return {
    messageId,
    outcome: 'answer',
    code: null,
    httpStatus: 200,
    requestId: null,
    requestHash: null,
    errorDetailId: null,
    securityServer: null,
    startedAt: at,
    endedAt: at,
  };
}
