import { braked, findingText } from '../domain/french/brake-text.ts';
import type { Executor } from '../store/database.ts';
import { keptMeasure } from '../store/night/apply-brake.ts';
import type { RunSummary } from '../store/run/run-summary.ts';

/** Why the brake stopped a run and how it is let off, to follow its figures; empty for any other run. */
export async function brakeText(db: Executor, { run, state }: RunSummary): Promise<string> {
  const measure = state === 'braked' ? await keptMeasure(db, run) : null;
  if (measure === null) return '';
  return [
    `\n\n  Frein : ${braked(measure.findings).sent}. Hors de la bande habituelle :`,
    ...measure.findings.map((finding) => `    ${findingText(finding, measure.people)}`),
    `  Après examen : pnbsf-cmu run release ${run} --by NOM --because RAISON`,
  ].join('\n');
}
