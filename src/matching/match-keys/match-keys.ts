/**
 * The keys under which a line of the RNU is filed and looked for. A person is filed under their own year and asked for
 * under the years beside it too: half the keys of two overlapping buckets, for the same neighbours.
 */
import { comparableNumber } from '../../domain/paper-number.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { NationalIdSettings } from '../identity-rule.ts';
import type { NameLexicon } from '../name-lexicon.ts';
import { checkNationalId } from '../national-id.ts';
import { keyNumber } from './key-number.ts';
import { MATCH_PASSES, type KeyParts, type MatchPass } from './match-passes.ts';
import { NameSounds } from './name-sounds.ts';

/** What the keys of a person rest on. */
export type KeyedPerson = Pick<
  HouseholdMember,
  'fullName' | 'sex' | 'birth' | 'nationalId' | 'birthExtractNumber' | 'motherName'
> & { readonly commune: string };

/** A key to look for, and the largest group that is worth comparing. */
export interface AskedKey {
  readonly key: number;
  readonly limit: number;
}

/** Makes keys. Deterministic: same person, same making, same keys. */
export interface MatchKeys {
  /** Names passes and names files; keys of two makings never meet. */
  readonly making: string;
  /** Keys to file the person under, each once. */
  filed(person: KeyedPerson): readonly number[];
  /** Keys to look for. */
  asked(person: KeyedPerson): readonly AskedKey[];
}

/** Grows with every change of passes, sounds or numbers. */
const PASSES_VERSION = 'keys-1';

const NEAR_YEARS = 1;
/** An approximate year may be off by as much. */
const ABOUT_YEARS = 2;

export interface MatchKeySettings {
  readonly lexicon: NameLexicon;
  readonly nationalId: NationalIdSettings;
}

export function createMatchKeys({ lexicon, nationalId }: MatchKeySettings): MatchKeys {
  const sounds = new NameSounds(lexicon);
  const partsOf = (person: KeyedPerson): KeyParts => keyParts(person, sounds, nationalId);
  return {
    making: `${PASSES_VERSION}/${lexicon.version}`,
    filed: (person) => {
      const parts = partsOf(person);
      return [...new Set(MATCH_PASSES.flatMap((pass) => keys(pass, parts, person.birth.year)))];
    },
    asked: (person) => {
      const parts = partsOf(person);
      const asked = new Map<number, AskedKey>();
      for (const pass of MATCH_PASSES)
        for (const year of yearsOf(pass, person))
          for (const key of keys(pass, parts, year)) asked.set(key, { key, limit: pass.limit });
      return [...asked.values()];
    },
  };
}

function keys(pass: MatchPass, parts: KeyParts, year: number | null): readonly number[] {
  return pass.texts(parts, year).map((text) => keyNumber(`${pass.name}|${text}`));
}

function yearsOf({ nearYears }: MatchPass, { birth }: KeyedPerson): readonly (number | null)[] {
  const { year } = birth;
  if (!nearYears || year === null) return [year];
  const reach = birth.precision === 'about' ? ABOUT_YEARS : NEAR_YEARS;
  return Array.from({ length: 2 * reach + 1 }, (_, at) => year + at - reach);
}

function keyParts(person: KeyedPerson, sounds: NameSounds, settings: NationalIdSettings): KeyParts {
  const number = checkNationalId(person.nationalId, settings);
  return {
    ...sounds.ofPerson(person.fullName),
    motherPairs: sounds.ofPerson(person.motherName ?? '').pairs.slice(0, 1),
    month: person.birth.month,
    day: person.birth.day,
    sex: person.sex,
    communeSound: sounds.ofPlace(person.commune),
    nationalId: number.status === 'FORMAT_VALIDE' ? number.normalised : '',
    extractNumber: comparableNumber(person.birthExtractNumber ?? ''),
  };
}
