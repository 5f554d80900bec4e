import type { App } from '../app.ts';
import type { Output } from './output.ts';
import { untilStopped } from './until-stopped.ts';

/** Added to the write deadline before a stop that does not end is ended: room to commit the last answers. */
const MARGIN_MS = 15_000;

/**
 * Works until SIGINT or SIGTERM, then stops in order: no new jobs, those in hand end, connections close. A second signal
 * does not shorten a registration under way. What has not ended a margin after the write deadline is left to its lease:
 * the process exits with status 1, and another takes the household over and looks before it sends.
 */
export async function workUntilStopped(app: App, output: Output, ready: string): Promise<number> {
  const work = await app.startWork();
  output.say(ready);
  await untilStopped();
  output.say('Arrêt : les enrôlements en cours se terminent…');
  const lastResort = setTimeout(() => process.exit(1), app.config.times.writeDeadlineMs + MARGIN_MS);
  await work.close();
  clearTimeout(lastResort);
  return 0;
}
