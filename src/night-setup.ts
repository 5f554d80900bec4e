import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { QueueBackend } from '../jobs/queue-backend.ts';
import type { RepeatedLook } from '../jobs/look-repeatedly.ts';
import { startScheduler } from '../jobs/scheduler.ts';
import type { Config } from './config.ts';
import type { SocialRegistry } from './domain/partners.ts';
import { errorCode } from './error-code.ts';
import { lookAtNight, type NightOptions } from './pipeline/night/hold-night.ts';
import { takeIn, type TakeInOptions } from './pipeline/night/take-in.ts';
import type { ReferenceData } from './reference-data.ts';
import type { Database } from './store/database.ts';

/** A staff run is short; one that is not over by then has no process to work on it. */
const STAFF_PATIENCE_MS = 10 * 60_000;
const STAFF_LOOK_MS = 250;

/** What a test puts in the place of the machine's own. */
export interface NightClock {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<unknown>;
}

const MACHINE_CLOCK: NightClock = { now: () => new Date(), pause: (ms) => pause(ms) };

/** What a night needs of an open installation. */
interface NightApp {
  readonly config: Config;
  readonly database: Database;
  readonly reference: ReferenceData;
  readonly log: Logger;
  readonly partners: () => { readonly socialRegistry: SocialRegistry };
}

/** How an installation holds its nights. */
export function nightOptions(app: NightApp, clock: NightClock = MACHINE_CLOCK): NightOptions {
  const { config, database, log } = app;
  return {
    db: database.db,
    now: clock.now,
    times: { at: config.night.at, timeZone: config.timeZone },
    order: {
      campaign: config.campaign,
      patienceMs: config.times.runPatienceMs,
      renewalLeadDays: renewalLead(app),
    },
    takeIn: (night) =>
      takeIn(night, {
        ...intakeOptions(app, clock),
        onDelivery: (delivery) =>
          delivery.outcome === 'refused' ? log.warn(delivery, 'delivery refused') : log.info(delivery, 'delivery'),
      }),
    staff: {
      patienceMs: STAFF_PATIENCE_MS,
      monotonicMs: () => performance.now(),
      whileStaffRun: async () => {
        await clock.pause(STAFF_LOOK_MS);
        return 'goes-on';
      },
    },
  };
}

/** Days before its end from which a cover is taken up; null where nights renew nothing by themselves. */
export function renewalLead({ config, reference }: Pick<NightApp, 'config' | 'reference'>): number | null {
  return config.night.renew ? reference.policy.renewalLeadDays : null;
}

function intakeOptions(
  { config, database, reference, ...app }: NightApp,
  clock: NightClock,
): Omit<TakeInOptions, 'onDelivery'> {
  const { night, exchange, times, campaign } = config;
  const { dropDirectory: directory, dropSettleMs: settleMs, dropPatienceMs: patienceMs } = night;
  return {
    database,
    campaign,
    actor: 'machine',
    catalogue: reference.columns,
    matchKeys: reference.matcher.keys,
    pulling:
      night.pull && exchange.securityServers.length > 0
        ? {
            registry: app.partners().socialRegistry,
            newMessageId: randomUUID,
            firstPauseMs: times.firstPauseMs,
            pause: clock.pause,
          }
        : null,
    drop: directory === null ? null : { directory, settleMs, patienceMs, pause: clock.pause },
  };
}

/** Starts holding an installation's nights. */
export function schedulerOf(app: NightApp, backend: QueueBackend): RepeatedLook {
  const { config, log } = app;
  // A stop ends the waiting for slow senders; the night stays due, and the next process to look takes it up.
  const stop = new AbortController();
  const options = nightOptions(app, {
    ...MACHINE_CLOCK,
    pause: (ms) => pause(ms, undefined, { signal: stop.signal }),
  });
  let said = '';
  const scheduler = startScheduler({
    backend,
    times: options.times,
    intervalMs: config.night.lookMs,
    stalledIntervalMs: config.queue.stalledMs,
    async look() {
      const seen = await lookAtNight(options);
      // A night that waits is told of once, not at every look.
      const text = JSON.stringify(seen);
      if (text !== said && seen.kind !== 'nothing-due') log.info(seen, 'night');
      said = text;
    },
    onError: (error) => log.warn({ code: errorCode(error) }, 'the night could not be looked at'),
  });
  return {
    close() {
      stop.abort();
      return scheduler.close();
    },
  };
}
