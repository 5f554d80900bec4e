import { setTimeout as pause } from 'node:timers/promises';
import type { Times } from '../../../src/domain/times.ts';
import type { Worker } from '../servers/crew.ts';
import type { RunPostgres } from '../servers/postgres-server.ts';
import type { LedgerWatch } from './ledger-watch.ts';

/** A worker at the moment that matters, and whom it is about. */
export interface Target {
  readonly worker: Worker;
  readonly enrolmentIds: readonly string[];
}

/** Somebody whose registration is planned or under way, by whoever holds their household. */
interface UnderWay {
  readonly enrolmentId: string;
  readonly person: string;
  readonly owner: string;
  readonly state: string;
  readonly sentMsAgo: number | null;
}

const SEARCH_MS = 400;
const STEP_MS = 10;

/** Of the write deadline: whoever waits longer for an answer waits for a slow one. */
const SLOW_SHARE = 0.25;

/** Finds the moments at which a crash or a stop does most harm, by the partner's ledger beside the database. */
export class Aim {
  readonly #postgres: RunPostgres;
  readonly #ledger: LedgerWatch;
  readonly #times: Times;

  constructor(postgres: RunPostgres, ledger: LedgerWatch, times: Times) {
    this.#postgres = postgres;
    this.#ledger = ledger;
    this.#times = times;
  }

  /** Who is registered by the ledger while their worker still waits for the answer. Null: nobody for now. */
  carriedOutUnanswered(awake: () => readonly Worker[]): Promise<Target | null> {
    return this.#find(awake, ({ person, sentMsAgo }) => sentMsAgo !== null && this.#ledger.has(person));
  }

  /** Who waits long for an answer and is not registered: most will be told that nothing was processed. */
  sentUnregistered(awake: () => readonly Worker[]): Promise<Target | null> {
    const slowMs = this.#times.writeDeadlineMs * SLOW_SHARE;
    return this.#find(
      awake,
      ({ person, state, sentMsAgo }) => state === 'sending' && (sentMsAgo ?? 0) > slowMs && !this.#ledger.has(person),
    );
  }

  /** Everybody in the households a worker holds. */
  async heldBy(owner: string): Promise<readonly string[]> {
    const held = await this.#postgres.rows<{ id: string }>(
      `select e.id::text from household_work w join enrolment e using (household_id)
        where starts_with(w.owner, $1 || ':') and w.lease_until > now()`,
      [owner],
    );
    return held.map(({ id }) => id);
  }

  /** Whether all of them have their outcome, and one is registered. */
  async allDone(enrolmentIds: readonly string[]): Promise<boolean> {
    const [found] = await this.#postgres.rows<{ done: boolean | null }>(
      `select bool_and(step = 'none') and bool_or(state in ('enrolled', 'renewed')) as done
         from enrolment where id = any($1::bigint[])`,
      [enrolmentIds],
    );
    return found?.done === true;
  }

  /** Whether one of them is registered by the database. */
  async anyRegistered(enrolmentIds: readonly string[]): Promise<boolean> {
    const [found] = await this.#postgres.rows(
      `select 1 from enrolment where id = any($1::bigint[]) and state in ('enrolled', 'renewed') limit 1`,
      [enrolmentIds],
    );
    return found !== undefined;
  }

  async #find(awake: () => readonly Worker[], meant: (one: UnderWay) => boolean): Promise<Target | null> {
    const until = performance.now() + SEARCH_MS;
    while (performance.now() < until) {
      const underWay = await this.#underWay();
      this.#ledger.look();
      const [found] = underWay.filter(meant);
      const worker = awake().find(({ owner }) => found?.owner.startsWith(`${owner}:`));
      if (found !== undefined && worker !== undefined) {
        const own = underWay.filter((one) => one.owner === found.owner && meant(one));
        return { worker, enrolmentIds: own.map(({ enrolmentId }) => enrolmentId) };
      }
      await pause(STEP_MS);
    }
    return null;
  }

  #underWay(): Promise<UnderWay[]> {
    return this.#postgres.rows<UnderWay>(
      `select e.id::text as "enrolmentId", p.ref as person, w.owner, e.state,
              (extract(epoch from clock_timestamp() - e.sent_at) * 1000)::float8 as "sentMsAgo"
         from household_work w join enrolment e using (household_id) join person p on p.id = e.person_id
        where w.finished_at is null and w.lease_until > now() and e.step = 'register'
          and e.state in ('confirmed', 'sending')`,
    );
  }
}
