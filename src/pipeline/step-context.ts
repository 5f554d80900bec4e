import type { Clock } from '../domain/clock.ts';
import type { Gazetteer } from '../domain/gazetteer.ts';
import type { CivilRegistry, Insurer, NationalIdRegistry } from '../domain/partners.ts';
import type { Policy } from '../domain/policy.ts';
import type { Times } from '../domain/times.ts';
import type { IdentityMatcher } from './identity-matcher.ts';
import type { Executor } from '../store/database.ts';

/** What a step works with. Put together once per process by `src/app.ts`. */
export interface StepContext {
  readonly db: Executor;
  readonly clock: Clock;
  /** Uniform in [0, 1); injected so that tests decide. */
  readonly random: () => number;
  readonly newMessageId: () => string;
  readonly policy: Policy;
  /** Fingerprint of the rule files in force, kept with every decision. */
  readonly ruleSet: string;
  readonly gazetteer: Gazetteer;
  readonly matcher: IdentityMatcher;
  readonly times: Times;
  readonly campaign: string;
  /** What the RNU writes for a household that has left the programme, in capitals. */
  readonly exitStatuses: readonly string[];
  /** Name of this worker process, written into leases. */
  readonly owner: string;
  readonly nationalIds: NationalIdRegistry;
  readonly civilRegistry: CivilRegistry;
  readonly insurer: Insurer;
  /** A run's civil day in the programme's zone, `AAAA-MM-JJ`; decides ages and covers. */
  readonly runDate: (runId: string) => Promise<string>;
}
