import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { masked } from '../../domain/french/csv.ts';
import { fieldChanges } from '../../domain/french/rnu-changes.ts';
import { aboutYear, formatPartialDate, partialDate } from '../../domain/partial-date.ts';
import { inCatalogueOrder, REASONS, type ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../../store/database.ts';
import { listAccesses } from '../../store/explain/journal-access.ts';
import { checkIntegrity } from '../../store/explain/journal-chain.ts';
import { linkedLines } from '../../store/explain/linked-lines.ts';
import { endOfDay, storedPerson, type StoredPerson, type Until } from '../../store/explain/stored-person.ts';
import {
  storedCalls,
  storedDecisions,
  storedEnrolments,
  storedRegistrations,
  storedRuns,
  type StoredCall,
  type StoredDecision,
  type StoredEnrolment,
  type StoredRegistration,
} from '../../store/explain/stored-steps.ts';
import { changesOfPerson, type RnuChange } from '../../store/report/rnu-changes.ts';
import { toldComparison } from './comparison.ts';
import { NEXT_STEPS } from './next-step.ts';
import { standingOf } from './standing.ts';
import type { Story, ToldChange, ToldEnrolment, ToldPerson, ToldReason, ToldStep } from './story.ts';

/** Of whom, and as of the end of which day in the programme's zone; null for as it is now. */
export interface StoryQuestion {
  readonly personId: string;
  readonly on: string | null;
  readonly timeZone: string;
}

/** One person's whole story from what is stored. Null when the RNU had not sent the person by then. */
export async function tellStory(db: Executor, { personId, on, timeZone }: StoryQuestion): Promise<Story | null> {
  const until = on === null ? null : await endOfDay(db, on, timeZone);
  const person = await storedPerson(db, personId, until);
  if (!person) return null;
  const enrolments: ToldEnrolment[] = [];
  for (const enrolment of await storedEnrolments(db, personId, until))
    enrolments.push(await tellEnrolment(db, enrolment, until));
  const { entries, firstBroken, protectedTables } = await checkIntegrity(db);
  const { count, latest } = await listAccesses(db, personId);
  return {
    on,
    person: toldPerson(person),
    changes: (await changesOfPerson(db, personId, until)).map(toldChange),
    enrolments,
    integrity: {
      journalIntact: firstBroken === null,
      journalEntries: entries,
      firstBrokenEntry: firstBroken,
      protectedTables,
    },
    consultations: { count, latest: latest.map(({ at, by }) => ({ at: at.toISOString(), by })) },
  };
}

async function tellEnrolment(db: Executor, enrolment: StoredEnrolment, until: Until): Promise<ToldEnrolment> {
  const { enrolmentId } = enrolment;
  const [calls, decisions, registrations, linked] = [
    await storedCalls(db, enrolmentId, until),
    await storedDecisions(db, enrolmentId, until),
    await storedRegistrations(db, enrolmentId, until),
    await linkedLines(db, enrolmentId, until),
  ];
  const runIds = [...new Set([...calls, ...decisions].flatMap(({ runId }) => runId ?? []))];
  const runs = await storedRuns(db, runIds, until);
  const standing = standingOf(enrolment, decisions, calls);
  const now = until === null;
  return {
    campaign: enrolment.campaign,
    enrolment: enrolmentId,
    openedAt: enrolment.openedAt.toISOString(),
    state: standing.state,
    stateLabel: STATE_LABELS[standing.state],
    since: standing.since.toISOString(),
    reasons: toldReasons(standing.reasons),
    registrationCode: registrations.at(-1)?.registrationCode ?? (now ? enrolment.registrationCode : null),
    nextStep: NEXT_STEPS[standing.state],
    notBefore: now ? (enrolment.notBefore?.toISOString() ?? null) : null,
    linkedLines: linked,
    continuous: standing.continuous && (!now || standing.state === enrolment.state),
    runs: runs.map((run) => ({ ...run, closedAt: run.closedAt?.toISOString() ?? null })),
    steps: inOrder([...calls.map(toldCall), ...decisions.map(toldDecision), ...registrations.map(toldRegistration)]),
  };
}

/** A decision rests on the calls before it, and a registration is learned by the decision that notes it. */
const RANK = { call: 0, registration: 1, decision: 2 } as const;

function inOrder(steps: readonly ToldStep[]): readonly ToldStep[] {
  return [...steps].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || RANK[a.step] - RANK[b.step]);
}

function toldPerson(person: StoredPerson): ToldPerson {
  const { birthPrecision, birthYear, birthMonth, birthDay } = person;
  const about = birthPrecision === 'about' && birthYear !== null;
  return {
    ref: person.ref,
    householdRef: person.householdRef,
    memberNumber: person.memberNumber,
    fullName: person.fullName,
    sex: person.sex,
    birth: formatPartialDate(about ? aboutYear(birthYear) : partialDate(birthYear, birthMonth, birthDay)),
    relationship: person.relationship,
    nationalId: masked(person.nationalId),
    civilRegistration: person.civilRegistration,
    birthExtractNumber: person.birthExtractNumber,
    region: person.region,
    departement: person.departement,
    commune: person.commune,
    line: {
      number: person.lineNumber,
      batch: person.batchNumber,
      file: person.batchName,
      sha256: person.batchSha256,
      importedAt: person.batchImportedAt.toISOString(),
    },
    laterVersions: person.laterVersions,
  };
}

function toldChange({ at, batch, ...change }: RnuChange): ToldChange {
  const { personBefore, personAfter, householdBefore, householdAfter } = change;
  const household = householdBefore && householdAfter ? { before: householdBefore, after: householdAfter } : null;
  return {
    at: at.toISOString(),
    batch,
    fields: fieldChanges({ before: personBefore, after: personAfter }, household),
  };
}

function toldReasons(codes: readonly ReasonCode[]): readonly ToldReason[] {
  return inCatalogueOrder(codes).map((code) => ({ code, ...REASONS[code] }));
}

function toldCall({ plannedAt, startedAt, endedAt, ...call }: StoredCall): ToldStep {
  return {
    step: 'call',
    at: plannedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    ...call,
  };
}

function toldDecision({ id: _id, decidedAt, reasons, certificate, ...decision }: StoredDecision): ToldStep {
  return {
    step: 'decision',
    at: decidedAt.toISOString(),
    ...decision,
    reasons: toldReasons(reasons),
    comparisons: certificate.map(toldComparison),
  };
}

function toldRegistration({ recordedAt, ...registration }: StoredRegistration): ToldStep {
  return { step: 'registration', at: recordedAt.toISOString(), ...registration };
}
