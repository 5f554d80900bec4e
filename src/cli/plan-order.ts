/** What `plan` is asked: the installation as it is, unless an option says otherwise. */
import { availableParallelism } from 'node:os';
import type { Config } from '../config.ts';
import { PARTNERS } from '../config.ts';
import { nightLoad } from '../domain/capacity/assumed-load.ts';
import type { Crew } from '../domain/capacity/night-capacity.ts';
import { nextHour, type ForecastOrder } from '../pipeline/plan/forecast-night.ts';
import type { MeasuredNights } from '../store/night/measured-nights.ts';
import { UsageError, type Call } from './command.ts';

/** What stands in the database when the question is asked. */
export interface PlanFacts {
  readonly nights: MeasuredNights | null;
  readonly waiting: number;
  /** A run goes on: what is left of it begins now. */
  readonly open: boolean;
  readonly now: Date;
}

/** Puts the question together. Throws {@link UsageError}. */
export function planOrder(call: Call, config: Config, { nights, waiting, open, now }: PlanFacts): ForecastOrder {
  const latencyMs = latencies(call);
  const load = nightLoad({
    latencyMs,
    ...(nights === null
      ? {}
      : {
          peoplePerHousehold: nights.people / nights.households,
          calls: nights.calls,
          ...(nights.closingSeconds === null
            ? {}
            : { closingMsPerPerson: (Math.max(0, nights.closingSeconds) * 1_000) / nights.people }),
        }),
  });
  const { timeZone, exchange, night } = config;
  return {
    load,
    crew: crewOf(call, config),
    people: call.wholeNumber('people', waiting),
    startsAt: open ? now : nextHour(now, night.at, timeZone),
    hours: exchange.flow.hours,
    timeZone,
  };
}

function crewOf(call: Call, { queue, exchange }: Config): Crew {
  const inFlight = atLeastOne(call, 'in-flight', 0);
  return {
    workers: atLeastOne(call, 'workers', 1),
    concurrency: atLeastOne(call, 'concurrency', queue.concurrency),
    cores: atLeastOne(call, 'cores', availableParallelism()),
    destinations: Object.fromEntries(
      PARTNERS.map((name) => [
        name,
        { inFlight: inFlight === 0 ? exchange.maxInFlight[name] : inFlight, perSecond: exchange.flow.perSecond[name] },
      ]),
    ),
  };
}

function atLeastOne(call: Call, name: string, fallback: number): number {
  const value = call.wholeNumber(name, fallback);
  if (value === 0 && call.text(name) !== null) throw new UsageError(`--${name} : au moins 1.`);
  return value;
}

function latencies(call: Call): Readonly<Record<string, number>> {
  const entries = call.texts('latency-ms').map((word) => {
    const [, name = '', ms = ''] = /^([a-z-]+)=(\d{1,6})$/.exec(word) ?? [];
    if (!PARTNERS.some((partner) => partner === name))
      throw new UsageError(`--latency-ms : « ${word} » n’est pas de la forme DESTINATION=MS (${PARTNERS.join(', ')}).`);
    return [name, Number(ms)] as const;
  });
  return Object.fromEntries(entries);
}
