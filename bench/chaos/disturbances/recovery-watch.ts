import type { RunPostgres } from '../servers/postgres-server.ts';

/** How long what killed workers held took to be taken up again, by the database's clock. */
export interface Recoveries {
  /** Households the killed held. */
  readonly households: number;
  /** Taken up again or done with. */
  readonly recovered: number;
  readonly medianMs: number | null;
  readonly longestMs: number | null;
  /** Lease, one sweep, and one look of ours: what half of them must not exceed. */
  readonly allowedMs: number;
  /** Half of them within what is allowed, and none left behind. True as well where too few say nothing. */
  readonly inTime: boolean;
}

/** Fewer than these may all have met a restart of the database, or a busy machine. */
const FEWEST = 50;

interface Held {
  readonly householdId: string;
  readonly fence: string;
  readonly killedAt: string;
}

/**
 * Follows the households a killed worker held under lease until their fence rises, which is the next claim, or until they
 * are free: PostgreSQL carries a statement out whose sender has died, and its commit gives the household back. Seen at every
 * look, so that a figure is late by one look at the most.
 */
export class RecoveryWatch {
  readonly #postgres: RunPostgres;
  #held: Held[] = [];
  #households = 0;
  readonly #tookMs: number[] = [];

  constructor(postgres: RunPostgres) {
    this.#postgres = postgres;
  }

  /** Notes what a worker held at its death. A database that is away at that moment is not asked again. */
  async follow(owner: string): Promise<void> {
    const held = await this.#postgres
      .rows<Held>(
        `select household_id::text as "householdId", fence::text, clock_timestamp()::text as "killedAt"
           from household_work where starts_with(owner, $1 || ':') and lease_until > now() and finished_at is null`,
        [owner],
      )
      .catch(() => []);
    this.#households += held.length;
    this.#held.push(...held);
  }

  async look(): Promise<void> {
    if (this.#held.length === 0) return;
    const taken = await this.#postgres.rows<{ householdId: string; tookMs: number }>(
      `select w.household_id::text as "householdId",
              (extract(epoch from clock_timestamp() - k.killed_at) * 1000)::float8 as "tookMs"
         from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as k(household_id, fence, killed_at)
         join household_work w using (household_id)
        where w.fence > k.fence or w.finished_at is not null or w.lease_until is null`,
      [
        this.#held.map((one) => one.householdId),
        this.#held.map((one) => one.fence),
        this.#held.map((one) => one.killedAt),
      ],
    );
    const over = new Set(taken.map((one) => one.householdId));
    this.#tookMs.push(...taken.map((one) => one.tookMs));
    this.#held = this.#held.filter((one) => !over.has(one.householdId));
  }

  /** What was found; whoever dies while the database restarts waits for that too, so that the middle is judged. */
  found(allowedMs: number): Recoveries {
    const sorted = [...this.#tookMs].sort((one, other) => one - other);
    const medianMs = sorted[Math.floor(sorted.length / 2)] ?? null;
    const inTime = sorted.length === this.#households && (medianMs ?? 0) <= allowedMs;
    return {
      households: this.#households,
      recovered: sorted.length,
      medianMs,
      longestMs: sorted.at(-1) ?? null,
      allowedMs,
      inTime: inTime || this.#households < FEWEST,
    };
  }
}
