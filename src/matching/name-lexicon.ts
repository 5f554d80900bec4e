import { createHash } from 'node:crypto';

import { LexiconError, readLexiconTable } from './lexicon-table.ts';
import { addAbbreviations, groupOrSelf, joinedKey, pairKey, readNameGroups } from './name-groups.ts';
import type { NameGroups } from './name-groups.ts';

/** Which of a person's names: the same word may be a family name and a first name (Mbaye, Diop, Samba). */
export type NameKind = 'family' | 'given';

/** What a word inside a full name announces instead of naming. */
export type MarkerRole = 'civility' | 'nickname' | 'spouse' | 'birth-name';

/** What the lexicon says of two different keys. */
export type NameRelation = 'spelling' | 'usage' | 'look-alike' | 'known-different' | 'unknown';

/** The texts of the files in `config/names`. */
export interface NameFiles {
  readonly familyNames: string;
  readonly givenNames: string;
  readonly titles: string;
  readonly abbreviations: string;
  readonly lookAlikes: string;
}

/** What is known of names, from files that staff edit. All keys are normalised words, several joined without space. */
export interface NameLexicon {
  /** Fingerprint of the files; part of every certificate, so that a comparison can be traced to its groups. */
  readonly version: string;
  relation(kind: NameKind, a: string, b: string): NameRelation;
  /** Name of the spelling group of a family or given name; the key itself when it is in none. */
  canonical(key: string): string;
  /** Whether the name stands in the lexicon, in a group or as a look-alike. */
  isKnown(kind: NameKind, key: string): boolean;
  /** Whether words, separated by one space, are one name: `ABDOU AZIZ`, `DA SILVA`. */
  isCompound(kind: NameKind, words: string): boolean;
  /** A title that is also a true first name (El Hadji, Serigne, Ndèye): compared, but its absence proves little. */
  isTitle(key: string): boolean;
  markerRole(key: string): MarkerRole | null;
}

const MARKER_ROLES: Readonly<Record<string, MarkerRole | 'title'>> = {
  titre: 'title',
  civilite: 'civility',
  surnom: 'nickname',
  epouse: 'spouse',
  naissance: 'birth-name',
};

/** Builds the lexicon. Throws `LexiconError` naming file and name when a file contradicts itself or another. */
export function buildNameLexicon(files: NameFiles): NameLexicon {
  const groups = {
    family: readNameGroups('family-names', files.familyNames),
    given: readNameGroups('given-names', files.givenNames),
  };
  addAbbreviations(groups.given, 'abbreviations', files.abbreviations);
  const titles = new Set<string>();
  const markers = new Map<string, MarkerRole>();
  readTitles(files.titles, groups.given, titles, markers);
  const lookAlikes = readLookAlikes(files.lookAlikes, groups);
  const isKnown = (kind: NameKind, key: string): boolean =>
    groups[kind].groupOf.has(key) || lookAlikes[kind].names.has(key);
  return {
    version: fingerprint(files),
    isKnown,
    canonical: (key) => groups.family.groupOf.get(key) ?? groupOrSelf(groups.given, key),
    isCompound: (kind, words) => groups[kind].compounds.has(words),
    isTitle: (key) => titles.has(groupOrSelf(groups.given, key)),
    markerRole: (key) => markers.get(key) ?? null,
    relation: (kind, a, b) => {
      const [groupA, groupB] = [groupOrSelf(groups[kind], a), groupOrSelf(groups[kind], b)];
      if (groupA === groupB) return 'spelling';
      const pair = pairKey(groupA, groupB);
      if (groups[kind].usages.has(pair)) return 'usage';
      if (lookAlikes[kind].pairs.has(pair)) return 'look-alike';
      return isKnown(kind, a) && isKnown(kind, b) ? 'known-different' : 'unknown';
    },
  };
}

function readTitles(text: string, given: NameGroups, titles: Set<string>, markers: Map<string, MarkerRole>): void {
  for (const row of readLexiconTable('titles', text, ['forme', 'role'])) {
    const key = joinedKey(row['forme'] ?? '');
    const role = MARKER_ROLES[row['role'] ?? ''];
    if (key === '' || role === undefined)
      throw new LexiconError('LEXICON_VALUE', 'titles', `« ${row['forme'] ?? ''} », rôle inconnu ou forme vide`);
    if (role === 'title') titles.add(groupOrSelf(given, key));
    else markers.set(key, role);
  }
}

interface LookAlikes {
  readonly pairs: Set<string>;
  readonly names: Set<string>;
}

const SCOPES: Readonly<Record<string, readonly NameKind[]>> = {
  famille: ['family'],
  prenom: ['given'],
  mixte: ['family', 'given'],
};

function readLookAlikes(text: string, groups: Record<NameKind, NameGroups>): Record<NameKind, LookAlikes> {
  const result: Record<NameKind, LookAlikes> = {
    family: { pairs: new Set(), names: new Set() },
    given: { pairs: new Set(), names: new Set() },
  };
  for (const row of readLexiconTable('look-alikes', text, ['nom_a', 'nom_b', 'portee'])) {
    const scope = SCOPES[row['portee'] ?? ''];
    const keys = [joinedKey(row['nom_a'] ?? ''), joinedKey(row['nom_b'] ?? '')] as const;
    if (scope === undefined || keys.includes(''))
      throw new LexiconError('LEXICON_VALUE', 'look-alikes', `« ${row['nom_a'] ?? ''} », portée inconnue ou nom vide`);
    for (const kind of scope) {
      const [a, b] = [groupOrSelf(groups[kind], keys[0]), groupOrSelf(groups[kind], keys[1])];
      if (a === b)
        throw new LexiconError('LEXICON_CONFLICT', 'look-alikes', `${keys.join(' et ')} sont des graphies de ${a}`);
      result[kind].pairs.add(pairKey(a, b));
      for (const key of keys) result[kind].names.add(key);
    }
  }
  return result;
}

function fingerprint(files: NameFiles): string {
  const { familyNames, givenNames, titles, abbreviations, lookAlikes } = files;
  const hash = createHash('sha256');
  for (const text of [familyNames, givenNames, titles, abbreviations, lookAlikes])
    hash.update(text.replaceAll('\r\n', '\n')).update('\0');
  return hash.digest('hex').slice(0, 12);
}
