import type { NameLexicon } from '../name-lexicon.ts';
import { nameUnits } from '../name-units.ts';
import type { NameWord } from '../normalise-name.ts';
import { nameWords } from '../normalise-name.ts';
import { phoneticKey } from '../phonetic-key.ts';
import { remembered } from '../remembered.ts';
import { splitFullName } from '../split-full-name.ts';

/** Of words twice as many are kept at most; the country's names are some tens of thousands. */
const WORDS_REMEMBERED = 50_000;
const PLACES_REMEMBERED = 2_048;

/** First names used with the family name: further ones are often left out. */
const MOST_PAIRS = 3;

/** A person's names as keys use them. */
export interface SoundedName {
  /** Sounds of all names, the husband's last. */
  readonly names: readonly string[];
  /** Sounds two by two, in either order: first names with the family name, and with the husband's. */
  readonly pairs: readonly string[];
}

/** Turns names into sounds: per name inside a full name, the sound of its spelling group. */
export class NameSounds {
  readonly #lexicon: NameLexicon;
  readonly #soundOf = remembered(WORDS_REMEMBERED, (key) => phoneticKey(this.#lexicon.canonical(key)));
  readonly #placeSound = remembered(PLACES_REMEMBERED, (place) => this.#sounds(nameWords(place)).join(''));

  constructor(lexicon: NameLexicon) {
    this.#lexicon = lexicon;
  }

  /**
   * A full name. Each of the first names is paired with the last: "Mamadou Lamine Diop" and "Diop Mamadou Lamine" then
   * share a pair. Nicknames are left out.
   */
  ofPerson(fullName: string): SoundedName {
    const { readings, spouseName } = splitFullName(fullName, this.#lexicon);
    const [reading] = readings;
    if (reading === undefined) return { names: [], pairs: [] };
    const own = this.#sounds([...reading.givenNames, ...reading.familyName]);
    const husband = this.#sounds(spouseName);
    const married = husband.flatMap((name) => pairsWithLast([...own.slice(0, 1), name]));
    return { names: [...new Set([...own, ...husband])], pairs: [...new Set([...pairsWithLast(own), ...married])] };
  }

  /** The sound of a place, as one word. */
  ofPlace(place: string): string {
    return this.#placeSound(place);
  }

  #sounds(words: readonly NameWord[]): readonly string[] {
    const units = nameUnits('given', words, this.#lexicon);
    return [...new Set(units.map(({ key }) => this.#soundOf(key)))].filter((sound) => sound !== '');
  }
}

function pairsWithLast(sounds: readonly string[]): readonly string[] {
  const last = sounds.at(-1);
  if (last === undefined) return [];
  return sounds
    .slice(0, -1)
    .slice(0, MOST_PAIRS)
    .map((sound) => (sound < last ? `${sound}+${last}` : `${last}+${sound}`));
}
