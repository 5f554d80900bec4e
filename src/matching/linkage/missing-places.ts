import type { TextLevels } from './text-levels.ts';
import { TEXT_LEVEL } from './text-levels.ts';

/** Places of birth and communes of a run of pairs, by side. */
export interface PlaceValues {
  readonly placeA: Int32Array;
  readonly placeB: Int32Array;
  readonly communeA: Int32Array;
  readonly communeB: Int32Array;
}

/**
 * Most people were born where they live. Where one row has no place of birth, its commune stands for it: agreement with
 * the other row's place is a near one, anything else says nothing. Not for neighbours: of two people of one commune it
 * is expected.
 */
export function fillMissingPlaces(values: PlaceValues, count: number, levels: Uint8Array, texts: TextLevels): void {
  const { placeA, placeB, communeA, communeB } = values;
  for (let k = 0; k < count; k++) {
    if (levels[k] !== TEXT_LEVEL.missing) continue;
    const [a, b, homeA, homeB] = [placeA[k] ?? 0, placeB[k] ?? 0, communeA[k] ?? 0, communeB[k] ?? 0];
    if (texts.level(homeA, homeB) <= TEXT_LEVEL.near) continue;
    const level = a === 0 ? texts.level(homeA, b) : texts.level(a, homeB);
    if (level <= TEXT_LEVEL.near) levels[k] = TEXT_LEVEL.near;
  }
}
