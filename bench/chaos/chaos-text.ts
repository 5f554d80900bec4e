import type { ChaosResult } from './chaos-result.ts';
import type { Verdict } from './checker/judge.ts';

/** As many names of each kind as help whoever looks into it. */
const NAMED = 10;

const HEADINGS: Readonly<Record<keyof Verdict, string>> = {
  lost: 'lost',
  unfinished: 'NOT FINISHED: no outcome yet',
  twice: 'registered twice',
  wronglyEnrolled: 'wrongly enrolled',
  recordedButAbsent: 'recorded here, absent there',
  absentButRecorded: 'absent here, recorded there',
  charged: 'charged',
  overwritten: 'written over by who had lost them',
  unsettled: 'outcome still unknown',
  misreported: 'reported otherwise',
  unbalanced: 'sums that do not hold',
};

/** The result for a person to read; its last line is the verdict in three numbers. */
export function chaosText(result: ChaosResult): string {
  const { options, disturbances, verdict, recoveries } = result;
  const done = Object.entries(disturbances).map(([what, count]) => `${what} ${count}`);
  const struck = Object.entries(result.struckIn).map(([state, count]) => `${count} while ${state}`);
  const outcomes = Object.entries(result.outcomes).map(([state, count]) => `${state} ${count}`);
  return [
    `people ${result.people}, workers ${options.workers}, seed ${options.seed}, backend ${options.backend}` +
      (options.sabotage === null ? '' : `, sabotage ${options.sabotage}`),
    `worked ${inSeconds(result.workedMs)}, of which ${inSeconds(result.verifiedMs)} verifying; ` +
      `${Math.round((1_000 * result.people) / result.workedMs)} people/s; run ${result.state}`,
    `workers killed ${result.workersKilled}, ended by themselves ${result.workersEndedByThemselves}`,
    `disturbances: ${done.join(', ')}`,
    `  ${struck.join(', ')}`,
    ...(result.notDone.length === 0 ? [] : [`  NOT DONE, the run was over before: ${result.notDone.join(', ')}`]),
    `after kill -9: ${recoveries.recovered} of ${recoveries.households} households taken up again, ` +
      `median ${inSeconds(recoveries.medianMs)}, longest ${inSeconds(recoveries.longestMs)} ` +
      `(lease ${inSeconds(result.times.leaseMs)})`,
    ...(recoveries.inTime
      ? []
      : [`TAKEN UP TOO LATE: half of them within ${inSeconds(recoveries.allowedMs)} is wanted`]),
    `outcomes: ${outcomes.join(', ')}; writes the partner carried out ${result.writes}`,
    ...Object.entries(HEADINGS).flatMap(([kind, heading]) => names(heading, verdict[kind as keyof Verdict])),
    ...(result.clean ? ['clean'] : [`${notClean(result)}; files in ${result.folder}`]),
  ].join('\n');
}

/** A night at its limit shows nothing about losses: it is told apart from one that lost somebody. */
function notClean({ verdict, limitMs }: ChaosResult): string {
  if (verdict.unfinished.length === 0) return 'not clean';
  return `NOT FINISHED within ${inSeconds(limitMs)}: give it a quieter machine or a larger --time-factor`;
}

/** `lost N twice N wrongly-enrolled N`. */
export function lastLine({ verdict }: ChaosResult): string {
  const { lost, twice, wronglyEnrolled } = verdict;
  return `lost ${lost.length} twice ${twice.length} wrongly-enrolled ${wronglyEnrolled.length}`;
}

function names(heading: string, found: readonly string[]): readonly string[] {
  if (found.length === 0) return [];
  const more = found.length > NAMED ? `, and ${found.length - NAMED} more` : '';
  return [`${heading} ${found.length}: ${found.slice(0, NAMED).join(', ')}${more}`];
}

function inSeconds(ms: number | null): string {
  return ms === null ? '?' : `${(ms / 1_000).toFixed(1)} s`;
}
