import type { RunPostgres } from './servers/postgres-server.ts';

export interface Progress {
  readonly state: string;
  /** 0 at the beginning of the run, 1 when everybody has an outcome; verifying and registering count for half each. */
  readonly done: number;
}

/** Looks at how far a run is, by plain counts of its people. */
export class ProgressMeter {
  readonly #postgres: RunPostgres;
  readonly #runId: string;
  /** People who had an outcome when registering began. */
  #doneBefore: number | null = null;

  constructor(postgres: RunPostgres, runId: string) {
    this.#postgres = postgres;
    this.#runId = runId;
  }

  /** Throws while the database is away. */
  async look(): Promise<Progress> {
    const [row] = await this.#postgres.rows<{ state: string; people: number; unverified: number; open: number }>(
      `select r.state, count(e.id)::int as people,
              (count(*) filter (where e.step = 'verify'))::int as unverified,
              (count(*) filter (where e.step <> 'none'))::int as open
         from run r left join enrolment e on e.run_id = r.id where r.id = $1 group by r.state`,
      [this.#runId],
    );
    if (row === undefined) throw new Error('the run disappeared');
    const { state, people, unverified, open } = row;
    if (state === 'verifying') return { state, done: share(people - unverified, people) / 2 };
    this.#doneBefore ??= people - open;
    const done = share(people - open - this.#doneBefore, people - this.#doneBefore);
    return { state, done: 0.5 + done / 2 };
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
