import type { App } from '../app.ts';
import type { Output } from './output.ts';
import { reportStuck, stopWork } from './stop-work.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * Works until SIGINT or SIGTERM, then stops in order and ends with status 0. A second signal does not shorten a
 * registration under way. A process whose queues stay silent while work is due ends with status 1, for its supervisor
 * to start it again.
 */
export async function workUntilStopped(
  app: App,
  output: Output,
  ready: string,
  beforeStop: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const work = await app.startWork();
  const publisher = await app.startPublisher();
  output.say(ready);
  const stuck = await Promise.race([untilStopped().then(() => null), work.stuck]);
  output.say(stuck === null ? 'Arrêt : les enrôlements en cours se terminent…' : reportStuck(app, stuck));
  await beforeStop();
  await publisher.close();
  await stopWork(app, work);
  return stuck === null ? 0 : 1;
}
