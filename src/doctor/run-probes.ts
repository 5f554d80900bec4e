import { bad, type Check, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

/** Longer than any answer of a healthy installation, short enough to wait for at a terminal. */
export const PROBE_DEADLINE_MS = 15_000;

/**
 * Takes every look, all at once, and gives the findings in the order of the probes. One that throws or does not end
 * within its own deadline is a failed check and stops no other. Never rejects.
 */
export function runProbes(probes: readonly Probe[], deadlineMs = PROBE_DEADLINE_MS): Promise<readonly Check[]> {
  return Promise.all(probes.map(async (probe) => ({ name: probe.name, ...(await findingOf(probe, deadlineMs)) })));
}

async function findingOf(probe: Probe, deadlineMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const giveUp = (): void =>
      resolve(bad(`pas de réponse en ${deadlineMs / 1_000} s`, 'Vérifiez le réseau, puis recommencez.'));
    timer = setTimeout(giveUp, deadlineMs);
  });
  try {
    return await Promise.race([(async () => probe.look())(), late]);
  } catch (error) {
    return bad(`erreur ${errorLabel(error)}`, 'Transmettez ce code à l’exploitation.');
  } finally {
    clearTimeout(timer);
  }
}
