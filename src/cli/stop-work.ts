import type { App } from '../app.ts';
import type { Work } from '../../jobs/start-work.ts';

/** Added to the write deadline before a stop that does not end is ended: room to commit the last answers. */
const MARGIN_MS = 15_000;

/**
 * Stops the work of this process in order. What has not ended a margin after the write deadline, connections included, is
 * left to its lease: the process exits with status 1, and another takes the household over and looks before it sends.
 */
export async function stopWork(app: App, work: Work): Promise<void> {
  const lastResort = setTimeout(() => {
    app.log.fatal({ code: 'STOP_TIMED_OUT' }, 'the stop did not end in time; what is left is left to its lease');
    process.exit(1);
  }, app.config.times.writeDeadlineMs + MARGIN_MS);
  // It also bounds the closing of connections that follows, and must not itself keep the process alive.
  lastResort.unref();
  await work.close();
}

/** Why this process stops although nobody asked: told to the log and to whoever watches. */
export function reportStuck(app: App, step: string): string {
  app.log.fatal({ step, code: 'WORKER_STUCK' }, 'work is due and a new worker hears nothing either: the process ends');
  return 'Du travail est dû et la file ne livre rien, même à un nouveau processus de travail : arrêt, pour redémarrage.';
}
