/**
 * What the model takes for granted where no night has been measured, and what a night does not record: processor time and
 * the product's own part of a visit. Measured by `npm run bench -- capacity` (docs/capacity.md), on the people of the
 * demonstration; to be changed with that page.
 */
import type { CallLoad, NightLoad, PhaseLoad } from './night-capacity.ts';

/** Calls of which a phase is made, by their name in the database. */
export const OPERATIONS = {
  verify: ['cover', 'id-card', 'birth-record', 'birth-record-search', 'cover-search'],
  register: ['register', 'find-registration'],
} as const;

export type Operation = (typeof OPERATIONS)[keyof typeof OPERATIONS][number];

/** Who is called. */
export const DESTINATION_OF: Readonly<Record<Operation, string>> = {
  cover: 'sigicmu',
  'id-card': 'cni',
  'birth-record': 'etat-civil',
  'birth-record-search': 'etat-civil',
  'cover-search': 'sigicmu',
  register: 'sigicmu',
  'find-registration': 'sigicmu',
};

/** One kind of call as a night measured it, or as it is assumed. */
export interface OperationLoad {
  readonly operation: string;
  readonly callsPerPerson: number;
  readonly meanMs: number;
  readonly roundsPerHousehold: number;
}

export const ASSUMED = {
  peoplePerHousehold: 8,
  /** A partner that answers at the pace of an ordinary web service behind two Security Servers. */
  latencyMs: 300,
  calls: [
    { operation: 'cover', callsPerPerson: 1, roundsPerHousehold: 1.1 },
    { operation: 'id-card', callsPerPerson: 0.32, roundsPerHousehold: 0.89 },
    { operation: 'birth-record', callsPerPerson: 0.46, roundsPerHousehold: 0.93 },
    { operation: 'birth-record-search', callsPerPerson: 0.6, roundsPerHousehold: 1 },
    { operation: 'cover-search', callsPerPerson: 0.25, roundsPerHousehold: 0.85 },
    { operation: 'register', callsPerPerson: 0.49, roundsPerHousehold: 1.58 },
  ],
  /** Processor ms a person: of the worker, and of PostgreSQL and Redis. */
  workerCpuMs: 4.63,
  serverCpuMs: 1.65,
  /** Of it in verification. */
  verifyShare: 0.84,
  verifyOverheadMs: 30,
  registerOverheadMs: 17,
  closingMsPerPerson: 0.4,
} as const;

/** What differs from {@link ASSUMED}: what nights measured, or what somebody asks about. */
export interface Known {
  readonly peoplePerHousehold?: number;
  readonly calls?: readonly OperationLoad[];
  /** By destination; prevails over `calls`. */
  readonly latencyMs?: Readonly<Record<string, number>>;
  readonly closingMsPerPerson?: number;
}

/** The load of a night from what is known of it, the rest as assumed. */
export function nightLoad(known: Known): NightLoad {
  const calls: readonly OperationLoad[] = (
    known.calls ?? ASSUMED.calls.map((call) => ({ ...call, meanMs: ASSUMED.latencyMs }))
  ).map((call) => ({ ...call, meanMs: known.latencyMs?.[destinationOf(call.operation)] ?? call.meanMs }));
  return {
    peoplePerHousehold: known.peoplePerHousehold ?? ASSUMED.peoplePerHousehold,
    verify: phase(calls, OPERATIONS.verify, ASSUMED.verifyShare, ASSUMED.verifyOverheadMs),
    register: phase(calls, OPERATIONS.register, 1 - ASSUMED.verifyShare, ASSUMED.registerOverheadMs),
    closingSecondsPerPerson: (known.closingMsPerPerson ?? ASSUMED.closingMsPerPerson) / 1_000,
  };
}

/** Who is called by an operation. */
export function destinationOf(operation: string): string {
  return (DESTINATION_OF as Readonly<Record<string, string>>)[operation] ?? operation;
}

function phase(
  calls: readonly OperationLoad[],
  operations: readonly string[],
  share: number,
  overheadMs: number,
): PhaseLoad {
  return {
    calls: calls.filter(({ operation }) => operations.includes(operation)).map(toLoad),
    overheadSeconds: overheadMs / 1_000,
    workerCpuSeconds: (ASSUMED.workerCpuMs * share) / 1_000,
    serverCpuSeconds: (ASSUMED.serverCpuMs * share) / 1_000,
  };
}

function toLoad({ operation, callsPerPerson, meanMs, roundsPerHousehold }: OperationLoad): CallLoad {
  return {
    destination: destinationOf(operation),
    perPerson: callsPerPerson,
    rounds: roundsPerHousehold,
    latencySeconds: meanMs / 1_000,
  };
}
