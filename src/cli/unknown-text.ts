import { frenchDuration } from '../domain/french/duration.ts';
import { frenchInteger } from '../domain/french/numbers.ts';
import type { UnknownOutcomes } from '../store/run/unknown-outcomes.ts';

/** What `status` says of outcomes nobody knows: how many, how old, and when a person must look; nothing without any. */
export function unknownText({ people, oldestMs }: UnknownOutcomes, ageLimitMs: number): string {
  if (people === 0) return '';
  return [
    '',
    `  Issues inconnues en ce moment : ${frenchInteger(people)} ; la plus ancienne depuis ${frenchDuration(oldestMs ?? 0)}.`,
    `  SIGICMU est interrogé de nouveau jusqu’à ${frenchDuration(ageLimitMs)} ; au-delà, un agent décide.`,
  ].join('\n');
}
