import { phoneticKey } from '../phonetic-key.ts';
import { hashText } from './hash.ts';
import type { Interner } from './interner.ts';

/** Hashes of how pooled places sound, each worked out once; 0 for an unknown place. Made when the pool is complete. */
export class PlaceSounds {
  readonly #texts: Interner;
  readonly #sounds: Uint32Array;

  constructor(texts: Interner) {
    this.#texts = texts;
    this.#sounds = new Uint32Array(texts.size);
  }

  soundOf(place: number): number {
    if (place === 0) return 0;
    const known = this.#sounds[place] ?? 0;
    if (known !== 0) return known;
    const sound = hashText(phoneticKey(this.#texts.textOf(place).replaceAll(' ', '')));
    this.#sounds[place] = sound;
    return sound;
  }
}
