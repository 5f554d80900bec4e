import type { DestinationPause } from '../store/destination/destination-pauses.ts';

/** A destination and the pause it is under, if any. */
export interface DestinationState {
  readonly name: string;
  readonly pause: Omit<DestinationPause, 'name'> | null;
}

const NAME_WIDTH = 12;

/** One line, in the wall time of a zone: `sigicmu     suspendue depuis le 21/11/2026 22:05 par A. Diop : maintenance`. */
export function destinationText({ name, pause }: DestinationState, timeZone: string): string {
  const label = name.padEnd(NAME_WIDTH);
  if (pause === null) return `${label}en service`;
  const since = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${label}suspendue depuis le ${since.format(pause.pausedAt)} par ${pause.pausedBy} : ${pause.because}`;
}
