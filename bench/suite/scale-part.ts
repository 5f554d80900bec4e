import { playNight } from '../pipeline/play-night.ts';
import type { Stage } from '../pipeline/stage.ts';
import type { Collected } from './collected.ts';

const HOLD_MS = 100;
/** Forty calls of a worker at most, shared out as a night calls: 1.7 times a person, 1.1 and 0.3. */
const IN_FLIGHT = {
  PNBSF_IN_FLIGHT_SIGICMU: '20',
  PNBSF_IN_FLIGHT_ETAT_CIVIL: '15',
  PNBSF_IN_FLIGHT_CNI: '5',
} as const;
const CREWS = [1, 2, 4] as const;

/** Part c: partners at 100 ms, 40 calls in flight a worker, in one, two and four processes. */
export async function scalePart(stage: Stage, found: Collected): Promise<void> {
  let one = Number.NaN;
  for (const workers of CREWS) {
    const night = await playNight(stage, {
      backend: stage.redis === null ? 'postgres' : 'redis',
      workers,
      holdMs: HOLD_MS,
      settings: IN_FLIGHT,
    });
    const rate = night.people / night.seconds;
    found.addRss(night.people, night.workerRssMiB);
    if (workers === 1) {
      one = rate;
      found.add('oneWorkerPeoplePerSecond', rate);
    } else found.add(workers === 2 ? 'scaleTwoWorkers' : 'scaleFourWorkers', rate / one);
  }
}
