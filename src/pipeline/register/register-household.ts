/**
 * Registration of one household: first what earlier visits left unknown is settled, then the policy holder is
 * registered, then the others under the holder's code. Every write to SIGICMU follows the same order: intent
 * committed, lease checked, sent once, outcome committed. Nothing is held open in the database across a call.
 */
import { parsePartialDate, youngestAgeOn } from '../../domain/partial-date.ts';
import type { HolderStanding } from '../../domain/policy-holder.ts';
import { choosePolicyHolder } from '../../domain/policy-holder.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import { commitMoves, type HouseholdCommit, type Move } from '../../store/household/commit-moves.ts';
import { keepLateAnswers } from '../../store/household/late-answers.ts';
import { visitHousehold } from '../household-visit.ts';
import type { StepContext } from '../step-context.ts';
import { lastDoubts } from './last-doubts.ts';
import { registrationRequest } from './registration-request.ts';
import { keptForNextRun, postponed, toReview, unsettledUntilNextRun } from './registration-moves.ts';
import { leaseHasRoom, sendRegistrations, type Outgoing } from './send-registrations.ts';
import { settleUnknown, type SettledUnknown } from './settle-unknown.ts';

/**
 * Registers a household if it is due and free. True when it was ours to do. Once the signal is given nothing more is
 * sent; what has left ends as it would have.
 */
export async function registerHousehold(
  context: StepContext,
  householdId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return visitHousehold(context, householdId, 'register', (household, leaseEndsAt) =>
    register(context, household, leaseEndsAt, signal),
  );
}

/** A member as this visit sees them: how far they are changes while it goes on. */
interface Enrollee {
  readonly member: ClaimedMember;
  readonly memberNumber: number;
  readonly isHead: boolean;
  readonly age: number | null;
  standing: HolderStanding;
  code: string | null;
  /** May be sent now. */
  ready: boolean;
  /** Left for the next run: this one has reached its cap. */
  kept: boolean;
}

async function register(
  context: StepContext,
  household: ClaimedHousehold,
  leaseEndsAt: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const runDate = await context.runDate(household.runId);
  const enrollees = household.members.map((member) => toEnrollee(member, runDate));
  const opening = await settleAndDoubt(context, household, enrollees);
  if (charged(opening)) return commitMoves(context.db, household, opening);
  const choice = choosePolicyHolder(enrollees, household, context.policy.policyHolder, context.policy.adultAge);

  if (choice.kind !== 'holder') {
    const ready = enrollees.filter((one) => one.ready);
    // In a rehearsal a holder whose outcome is unknown stays so: nothing is settled, and nobody waits for it.
    const inVain = household.shadow && choice.kind === 'wait' && household.members.some(isUnsettled);
    const moves = ready.map(({ member }) =>
      inVain ? rehearse(context, member) : withoutHolder(context, member, choice.kind),
    );
    await commitMoves(context.db, household, { ...opening, moves: [...opening.moves, ...moves] });
    return;
  }
  if (household.shadow) {
    const rehearsed = enrollees.filter((one) => one.ready).map((one) => rehearse(context, one.member));
    return commitMoves(context.db, household, { ...opening, moves: [...opening.moves, ...rehearsed] });
  }
  // What was learned about earlier sendings is kept whatever happens to the next one.
  if (opening.results.length > 0 || opening.moves.length > 0)
    await commitMoves(context.db, household, { ...opening, keepLease: true });
  const visit = { context, household, runDate, leaseEndsAt, signal };
  const holder = choice.member;
  if (holder.code === null && !(await registerHolder(visit, holder))) return;
  await registerDependants(visit, enrollees, holder);
}

/** Registers the holder; false when the visit ends with it. */
async function registerHolder(visit: Visit, holder: Enrollee): Promise<boolean> {
  const { context, household } = visit;
  if (!maySend(visit)) {
    await commitMoves(context.db, household, { moves: [], results: [] });
    return false;
  }
  const sent = await send(visit, [holder], null);
  if (sent === null) return false;
  const [move] = sent.moves;
  holder.code = move?.registrationCode ?? null;
  holder.kept = move?.untilNextRun === true;
  holder.ready = false;
  await commitSent(visit, { ...sent, keepLease: !charged(sent) });
  return !charged(sent);
}

interface Visit {
  readonly context: StepContext;
  readonly household: ClaimedHousehold;
  readonly runDate: string;
  readonly leaseEndsAt: number;
  readonly signal: AbortSignal | undefined;
}

/** Whether there is time for an answer to come back, and nobody waits for this process to stop. */
function maySend({ context, leaseEndsAt, signal }: Visit): boolean {
  return signal?.aborted !== true && leaseHasRoom(context, leaseEndsAt);
}

async function registerDependants(visit: Visit, enrollees: readonly Enrollee[], holder: Enrollee): Promise<void> {
  const { context, household } = visit;
  const ready = enrollees.filter((one) => one.ready);
  if (holder.code === null || ready.length === 0) {
    const pause = context.times.holderPauseMs;
    const moves = ready.map(({ member }) =>
      holder.kept
        ? keptForNextRun(context, member, 'PLAFOND_ATTEINT')
        : postponed(context, member, member.state, 'TITULAIRE_EN_ATTENTE', pause),
    );
    await commitMoves(context.db, household, { moves, results: [] });
    return;
  }
  // Too late for an answer to come back in time: better left as they are than `sending` with nothing sent.
  if (!maySend(visit)) return commitMoves(context.db, household, { moves: [], results: [] });
  const sent = await send(visit, ready, holder);
  if (sent) await commitSent(visit, sent);
}

/** Commits what was sent; answers that this visit may no longer commit are kept for whoever settles them. */
async function commitSent({ context, household }: Visit, sent: HouseholdCommit): Promise<void> {
  try {
    await commitMoves(context.db, household, sent);
  } catch (error) {
    // The one error that matters is the first: an answer that cannot be kept either is lost like one that never came.
    await keepLateAnswers(context.db, sent).catch(() => undefined);
    throw error;
  }
}

/** Free of charge means zero: the commit of an amount charged to a beneficiary stops the run, and this visit with it. */
function charged({ registrations }: HouseholdCommit): boolean {
  return (registrations ?? []).some(({ amountPaid }) => amountPaid !== 0);
}

async function send(
  { context, household, runDate, leaseEndsAt }: Visit,
  enrollees: readonly Enrollee[],
  holder: Enrollee | null,
): Promise<HouseholdCommit | null> {
  const departement = context.gazetteer.recognise(household);
  const outgoing: readonly Outgoing[] = enrollees.map(({ member }) => ({
    member,
    policyHolder: holder === null,
    request: registrationRequest({
      household,
      member,
      holder: holder && holder.code !== null ? { member: holder.member, code: holder.code } : null,
      insurer: departement?.insurer ?? '',
      region: departement?.region ?? household.region,
      departement: departement?.name ?? household.departement,
      policy: context.policy,
      runDate,
    }),
  }));
  return sendRegistrations(context, household, outgoing, leaseEndsAt);
}

// --- opening: what must be settled before anything new is sent --------------------------------------------------------

async function settleAndDoubt(
  context: StepContext,
  household: ClaimedHousehold,
  enrollees: readonly Enrollee[],
): Promise<HouseholdCommit> {
  const open = enrollees.filter(({ member }) => member.step === 'register' && member.due);
  const abandoned = open.filter(({ member }) => isUnsettled(member));
  const unsettled = abandoned.map(({ member }) => member);
  const settled = household.shadow ? leftAlone(context, unsettled) : await settleUnknown(context, household, unsettled);
  applySettled(abandoned, settled.moves, settled.absent);

  const unsent = open.filter(({ member }) => member.state === 'confirmed' || member.state === 'deferred');
  const doubtful = await lastDoubts(
    context,
    unsent.map(({ member }) => member.enrolmentId),
  );
  const doubts = unsent.filter(({ member }) => doubtful.has(member.enrolmentId));
  for (const one of unsent) one.ready = !doubts.includes(one);
  for (const one of doubts) one.standing = 'unavailable';
  const doubted = doubts.map(({ member }) => ({
    ...toReview(context, member, member.state, 'DOUBLON_RNU'),
    certificate: doubtful.get(member.enrolmentId) ?? [],
  }));
  return { moves: [...settled.moves, ...doubted], results: settled.results, registrations: settled.found };
}

/** Sent, and what became of it is not known. */
function isUnsettled({ state }: ClaimedMember): boolean {
  return state === 'sending' || state === 'outcome-unknown';
}

/** What a rehearsal does about unknown outcomes: nothing. */
function leftAlone(context: StepContext, members: readonly ClaimedMember[]): SettledUnknown {
  const moves = members.map((member) => unsettledUntilNextRun(context, member));
  return { moves, results: [], found: [], absent: [] };
}

function rehearse(context: StepContext, member: ClaimedMember): Move {
  return keptForNextRun(context, member, 'ENVOI_A_BLANC');
}

function applySettled(abandoned: readonly Enrollee[], moves: readonly Move[], absent: readonly ClaimedMember[]): void {
  for (const one of abandoned) {
    const move = moves.find(({ enrolmentId }) => enrolmentId === one.member.enrolmentId);
    one.code = move?.registrationCode ?? null;
    one.ready = absent.includes(one.member);
    if (one.ready) one.standing = 'registrable';
    else if (one.code !== null) one.standing = 'covered';
    else one.standing = move?.to === 'needs-review' ? 'unavailable' : 'undecided';
  }
}

function toEnrollee(member: ClaimedMember, runDate: string): Enrollee {
  return {
    member,
    memberNumber: member.memberNumber,
    isHead: member.relationship === 1,
    // The RNU knows a month at best; a registry that confirmed the person knows the day they came of age.
    age: youngestAgeOn(member.identity ? parsePartialDate(member.identity.birth) : member.birth, runDate),
    standing: standingOf(member),
    code: member.registrationCode,
    ready: false,
    kept: false,
  };
}

function standingOf(member: ClaimedMember): HolderStanding {
  if (member.registrationCode !== null) return 'covered';
  if (member.step === 'none') return 'unavailable';
  if (member.step === 'verify' || !member.due) return 'undecided';
  return member.state === 'confirmed' || member.state === 'deferred' ? 'registrable' : 'undecided';
}

function withoutHolder(context: StepContext, member: ClaimedMember, why: 'wait' | 'none'): Move {
  return why === 'none'
    ? toReview(context, member, member.state, 'MENAGE_SANS_TITULAIRE')
    : postponed(context, member, member.state, 'TITULAIRE_EN_ATTENTE', context.times.holderPauseMs);
}
