import { playNight } from '../pipeline/play-night.ts';
import type { Stage } from '../pipeline/stage.ts';
import type { Collected } from './collected.ts';

const HOLD_MS = 100;
const IN_FLIGHT = 40;
const CREWS = [1, 2, 4] as const;

/** Part c: partners at 100 ms, 40 calls in flight a worker at each destination, in one, two and four processes. */
export async function scalePart(stage: Stage, found: Collected): Promise<void> {
  let one = Number.NaN;
  for (const workers of CREWS) {
    const night = await playNight(stage, {
      backend: stage.redis === null ? 'postgres' : 'redis',
      workers,
      holdMs: HOLD_MS,
      settings: {
        PNBSF_IN_FLIGHT_CNI: String(IN_FLIGHT),
        PNBSF_IN_FLIGHT_ETAT_CIVIL: String(IN_FLIGHT),
        PNBSF_IN_FLIGHT_SIGICMU: String(IN_FLIGHT),
      },
    });
    const rate = night.people / night.seconds;
    found.addRss(night.people, night.workerRssMiB);
    if (workers === 1) {
      one = rate;
      found.add('oneWorkerPeoplePerSecond', rate);
    } else found.add(workers === 2 ? 'scaleTwoWorkers' : 'scaleFourWorkers', rate / one);
  }
}
