import { placeKey } from '../../domain/place-name.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { remembered } from '../remembered.ts';

/** How close two places are; `missing` when either is unknown. */
export type PlaceLevel = 'equal' | 'near' | 'different' | 'missing';

const NEAR_SIMILARITY = 0.88;

const PLACES_REMEMBERED = 2_048;
const keyOf = remembered(PLACES_REMEMBERED, placeKey);

/** Compares two place names: spelled alike, or one holding the words of the other ("Podor", "Podor commune"). */
export function placeLevel(left: string | null, right: string | null): PlaceLevel {
  const [a, b] = [keyOf(left ?? ''), keyOf(right ?? '')];
  if (a === '' || b === '') return 'missing';
  if (a === b) return 'equal';
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const within = short.split(' ').every((word) => long.split(' ').includes(word));
  return within || jaroWinkler(a, b) >= NEAR_SIMILARITY ? 'near' : 'different';
}
