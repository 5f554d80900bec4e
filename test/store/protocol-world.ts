/**
 * Two workers of the product, an insurer without keys held in memory, and a clock that is told: everything between is the
 * product's own SQL on a real PostgreSQL. A worker runs until it waits for the insurer or is done, so that a list of steps
 * is one interleaving and can be played again.
 */
import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { Insurer, Registration, RegistrationRequest } from '../../src/domain/partners.ts';
import { registerHousehold } from '../../src/pipeline/register/register-household.ts';
import type { StepContext } from '../../src/pipeline/step-context.ts';
import type { Installation } from '../pipeline/installation.ts';

export type Step =
  | { readonly do: 'start' | 'crash'; readonly worker: number }
  | { readonly do: 'answer'; readonly worker: number; readonly how: 'truth' | 'lost' | 'refused-early' }
  | { readonly do: 'act'; readonly request: number }
  | { readonly do: 'tick'; readonly ms: number };

/** What the insurer does late it does within this part of the settle window; the rest is the machine's own slowness. */
const ACTS_WITHIN = 0.7;

interface Arrived {
  readonly request: RegistrationRequest;
  readonly leftAt: number;
  acted: boolean;
  withdrawn: boolean;
}

interface Waiting {
  readonly register: Arrived | null;
  readonly key: string;
  readonly call: CallContext;
  readonly give: (result: CallResult<Registration | null>) => void;
}

interface Worker {
  context: StepContext;
  visit: Promise<boolean> | null;
  fence: string | null;
  waiting: Waiting[];
  wake: () => void;
}

export class ProtocolWorld {
  readonly effects: RegistrationRequest[] = [];
  /** Visits that ended as ours although somebody else had taken the household. */
  overwritten = 0;
  private readonly installation: Installation;
  private readonly householdId: string;
  private readonly workers: Worker[] = [];
  private readonly arrived: Arrived[] = [];
  private skippedMs = 0;

  constructor(installation: Installation, householdId: string) {
    this.installation = installation;
    this.householdId = householdId;
    for (const index of [0, 1]) this.workers[index] = this.newWorker(`worker ${index}`);
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.one(step);
  }

  /** Lets everybody end what they are at, with nothing more going wrong. */
  async end(): Promise<void> {
    for (let round = 0; round < 40 && !(await this.finished()); round++) {
      for (const worker of [0, 1]) {
        await this.one({ do: 'answer', worker, how: 'truth' });
        await this.one({ do: 'start', worker });
      }
      if (this.workers.every(({ waiting }) => waiting.length === 0)) await this.one({ do: 'tick', ms: 12_000 });
    }
    while (this.workers.some(({ waiting }) => waiting.length > 0))
      for (const worker of [0, 1]) await this.one({ do: 'answer', worker, how: 'truth' });
  }

  async finished(): Promise<boolean> {
    const rows = await this.installation.rows(
      'select 1 from household_work where household_id = $1 and finished_at is not null',
      [this.householdId],
    );
    return rows.length > 0;
  }

  private now(): number {
    return this.skippedMs + performance.now();
  }

  private one(step: Step): Promise<void> {
    switch (step.do) {
      case 'start':
        return this.start(this.workers[step.worker]!);
      case 'crash':
        this.workers[step.worker] = this.newWorker(`worker ${step.worker}, ${this.now()}`);
        return Promise.resolve();
      case 'answer':
        return this.answer(this.workers[step.worker]!, step.how);
      case 'act':
        this.act(this.arrived[step.request % Math.max(1, this.arrived.length)]);
        return Promise.resolve();
      case 'tick':
        return this.tick(step.ms);
    }
  }

  private newWorker(owner: string): Worker {
    const worker: Worker = {
      context: this.installation.context,
      visit: null,
      fence: null,
      waiting: [],
      wake: () => undefined,
    };
    const clock = { ...this.installation.context.clock, monotonicMs: () => this.now() };
    worker.context = { ...this.installation.context, owner, clock, random: () => 0.5, insurer: this.insurerOf(worker) };
    return worker;
  }

  private insurerOf(worker: Worker): Insurer {
    const wait = <T extends Registration | null>(register: Arrived | null, key: string, call: CallContext) =>
      new Promise<CallResult<T>>((resolve) => {
        if (register !== null) this.arrived.push(register);
        worker.waiting.push({ register, key, call, give: resolve as Waiting['give'] });
        worker.wake();
      });
    return {
      ...this.installation.context.insurer,
      capabilitiesOf: () => ({ idempotencyKey: false, searchByReference: true, searchByIdentity: false }),
      register: (request, call) => {
        const one = { request, leftAt: this.now(), acted: false, withdrawn: false };
        return wait<Registration>(one, request.businessKey, call);
      },
      findRegistration: (key, call) => wait(null, key, call),
    };
  }

  private async start(worker: Worker): Promise<void> {
    if (worker.visit !== null) return;
    worker.visit = registerHousehold(worker.context, this.householdId);
    await this.quiet(worker);
    if (worker.waiting.length > 0) worker.fence = await this.fence();
  }

  /** Until the worker waits for the insurer, or its visit is over. */
  private async quiet(worker: Worker): Promise<void> {
    const { visit } = worker;
    if (visit === null || worker.waiting.length > 0) return;
    const asks = new Promise<'asks'>((resolve) => (worker.wake = () => resolve('asks')));
    const ours = await Promise.race([visit, asks]);
    if (ours === 'asks') return;
    if (ours && worker.fence !== null && worker.fence !== (await this.fence())) this.overwritten += 1;
    worker.visit = null;
    worker.fence = null;
  }

  private async fence(): Promise<string> {
    const [row] = await this.installation.rows<{ fence: string }>(
      'select fence from household_work where household_id = $1',
      [this.householdId],
    );
    return row!.fence;
  }

  private async answer(worker: Worker, how: 'truth' | 'lost' | 'refused-early'): Promise<void> {
    const waiting = worker.waiting.shift();
    if (waiting === undefined) return;
    waiting.give(this.resultOf(waiting, how));
    // The answer's own continuation first: without it the visit would seem to wait for nothing.
    await this.quiet(worker);
  }

  private resultOf({ register, key, call }: Waiting, how: string): CallResult<Registration | null> {
    const at = new Date().toISOString();
    const none = { httpStatus: null, requestId: null, requestHash: null, errorDetailId: null, securityServer: null };
    const trace = { messageId: call.messageId, destination: 'sigicmu', startedAt: at, endedAt: at, ...none };
    if (how === 'lost') return { kind: 'unknown', code: 'LOST', trace };
    if (register === null) {
      const found = this.effects.findIndex(({ businessKey }) => businessKey === key);
      return { kind: 'answer', value: found === -1 ? null : this.registration(found), trace };
    }
    if (how === 'refused-early' && !register.acted) {
      register.withdrawn = true;
      return { kind: 'not-processed', failure: 'transient', code: 'BUSY', trace };
    }
    this.act(register);
    const own = this.effects.findIndex(({ businessKey }) => businessKey === key);
    return register.acted
      ? { kind: 'answer', value: this.registration(own), trace }
      : { kind: 'unknown', code: 'LATE', trace };
  }

  /** The insurer carries a request out, however often the person was registered before. */
  private act(one: Arrived | undefined): void {
    if (one === undefined || one.acted || one.withdrawn) return;
    if (this.now() - one.leftAt > ACTS_WITHIN * this.installation.context.times.settleMs) return;
    one.acted = true;
    this.effects.push(one.request);
  }

  private registration(index: number): Registration {
    const { businessKey, personRef, subsidy, coverStart, coverEnd } = this.effects[index]!;
    return {
      ...{ businessKey, personRef, subsidy, coverStart, coverEnd },
      ...{ registrationCode: `A-${businessKey}-${index}`, kind: 'new', amountPaid: 0 },
    };
  }

  /** Time goes by for the workers, the insurer and the database alike. */
  private async tick(ms: number): Promise<void> {
    this.skippedMs += ms;
    const by = [this.householdId, `${ms} milliseconds`];
    await this.installation.rows(
      `update household_work set lease_until = lease_until - $2::interval, register_due = register_due - $2::interval
        where household_id = $1`,
      by,
    );
    await this.installation.rows(
      `update enrolment set sent_at = sent_at - $2::interval, unknown_since = unknown_since - $2::interval,
              not_before = not_before - $2::interval where household_id = $1`,
      by,
    );
  }
}
