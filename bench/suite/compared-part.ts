/** Parts a, b and g: the product beside its rivals, taking turns over the same households. */
import { playNight, type NightMeasure } from '../pipeline/play-night.ts';
import { playRival, type RivalMeasure } from '../pipeline/play-rival.ts';
import { recordScript } from '../pipeline/record-script.ts';
import type { Stage } from '../pipeline/stage.ts';
import type { Collected } from './collected.ts';
import type { Part, SuiteOptions } from './suite-options.ts';

/** Households of the product and of the bare loop at a time, as in production; the obvious design knows people only. */
const HOUSEHOLDS_AT_ONCE = 20;
/** Calls in flight: the ceiling of each destination in production, and all that the rivals may have. */
const IN_FLIGHT = 32;

/** Measures the parts asked for, `repeats` times each in turn. */
export async function comparedPart(
  stage: Stage,
  { parts, sizes, quick }: SuiteOptions,
  found: Collected,
): Promise<void> {
  const rivals: readonly Part[] = ['a', 'b'];
  const scriptFile = rivals.some((part) => parts.has(part)) ? await recordScript(stage) : '';
  const backend = stage.redis === null ? 'postgres' : 'redis';
  for (let turn = 0; turn < sizes.repeats; turn++) {
    const night = await playNight(stage, { backend, workers: 1, holdMs: 0 });
    addNight(night, found);
    if (parts.has('a')) addBareLoop(night, await rival(stage, 'bare-loop', scriptFile), found);
    if (parts.has('b')) addObvious(night, await rival(stage, 'obvious-design', scriptFile), found);
    // A night of its own: the quick bench affords one.
    if (parts.has('g') && stage.redis !== null && (!quick || turn === 0)) {
      const other = rate(await playNight(stage, { backend: 'postgres', workers: 1, holdMs: 0 }));
      found.add('postgresBackendPeoplePerSecond', other);
      found.add('ratioPostgresBackend', other / rate(night));
    }
  }
}

function rival(stage: Stage, name: 'bare-loop' | 'obvious-design', scriptFile: string): Promise<RivalMeasure> {
  return playRival(stage, {
    rival: name,
    scriptFile,
    concurrency: name === 'bare-loop' ? HOUSEHOLDS_AT_ONCE : IN_FLIGHT,
    inFlight: IN_FLIGHT,
    holdMs: 0,
  });
}

function addNight(night: NightMeasure, found: Collected): void {
  if (!night.balanced) throw new Error('the sums of a night of the bench do not hold');
  const { people } = night;
  found.add('peoplePerSecond', rate(night));
  found.add('callsPerPerson', night.calls / people);
  found.add('cpuMsPerPerson', cpuMs(night) / people);
  found.add('workerCpuMsPerPerson', night.workerCpuMs / people);
  found.add('postgresCpuMsPerPerson', night.postgresCpuMs / people);
  found.add('redisCpuMsPerPerson', night.redisCpuMs / people);
  found.addRss(people, night.workerRssMiB);
  found.add('redisPeakMiB', night.redisPeakMiB);
}

function addBareLoop(night: NightMeasure, bare: RivalMeasure, found: Collected): void {
  found.add('bareLoopPeoplePerSecond', rate(bare));
  found.add('ratioToBareLoop', rate(night) / rate(bare));
  found.add('bareLoopCpuMsPerPerson', bare.workerCpuMs / bare.people);
  found.add('responderCallsPerSecond', (1_000 * bare.calls) / bare.responderCpuMs);
}

function addObvious(night: NightMeasure, obvious: RivalMeasure, found: Collected): void {
  found.add('obviousPeoplePerSecond', rate(obvious));
  found.add('ratioToObvious', rate(night) / rate(obvious));
  found.add('obviousCpuMsPerPerson', cpuMs(obvious) / obvious.people);
  found.add('cpuRatioToObvious', cpuMs(obvious) / obvious.people / (cpuMs(night) / night.people));
}

function rate({ people, seconds }: { readonly people: number; readonly seconds: number }): number {
  return people / seconds;
}

type Spent = Pick<NightMeasure, 'workerCpuMs' | 'postgresCpuMs' | 'redisCpuMs'>;

function cpuMs({ workerCpuMs, postgresCpuMs, redisCpuMs }: Spent): number {
  return workerCpuMs + postgresCpuMs + redisCpuMs;
}
