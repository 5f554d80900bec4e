import { LexiconError, listCell, readLexiconTable } from './lexicon-table.ts';
import { normaliseName } from './normalise-name.ts';

/** Spelling groups of one kind of name. Names are keys without spaces; a group is named by its canonical form. */
export interface NameGroups {
  /** Group of a spelling. */
  readonly groupOf: Map<string, string>;
  /** Pairs of groups, or of a group and a form without one, that usage joins: short forms, forms in daily use. */
  readonly usages: Set<string>;
  /** Forms of two or more words that stand for one name, as they are written: `ABDOU AZIZ`. */
  readonly compounds: Set<string>;
}

/** A name as one key: `EL HADJI` and `ELHADJI` are the same. */
export function joinedKey(name: string): string {
  return normaliseName(name).replaceAll(' ', '');
}

/** Key of an unordered pair. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`;
}

/**
 * Reads a file of variant groups (`nom;graphies;graphies_gambie;usages`). Throws `LEXICON_SPELLING_TWICE` when a
 * spelling belongs to two groups: the groups would silently become one.
 */
export function readNameGroups(file: string, text: string): NameGroups {
  const rows = readLexiconTable(file, text, ['nom', 'graphies', 'graphies_gambie', 'usages']);
  const groups: NameGroups = { groupOf: new Map(), usages: new Set(), compounds: new Set() };
  for (const row of rows) {
    const canonical = row['nom'] ?? '';
    const group = joinedKey(canonical);
    if (group === '')
      throw new LexiconError('LEXICON_VALUE', file, `une ligne sans nom (${listCell(row, 'graphies').join(', ')})`);
    for (const form of [canonical, ...listCell(row, 'graphies'), ...listCell(row, 'graphies_gambie')]) {
      const key = joinedKey(form);
      const known = groups.groupOf.get(key);
      if (known !== undefined && known !== group)
        throw new LexiconError('LEXICON_SPELLING_TWICE', file, `« ${form} » est dans ${known} et dans ${group}`);
      groups.groupOf.set(key, group);
      if (normaliseName(form).includes(' ')) groups.compounds.add(normaliseName(form));
    }
  }
  for (const row of rows) for (const usage of listCell(row, 'usages')) addUsage(groups, row['nom'] ?? '', usage);
  return groups;
}

/** Reads abbreviations (`abreviation;noms`) into the groups: each is a usage of the names it may stand for. */
export function addAbbreviations(groups: NameGroups, file: string, text: string): void {
  for (const row of readLexiconTable(file, text, ['abreviation', 'noms'])) {
    const form = row['abreviation'] ?? '';
    if (normaliseName(form).includes(' ')) groups.compounds.add(normaliseName(form));
    for (const name of listCell(row, 'noms')) addUsage(groups, form, name);
  }
}

/** The group of a spelling, or the spelling itself when it is in none. */
export function groupOrSelf(groups: NameGroups, key: string): string {
  return groups.groupOf.get(key) ?? key;
}

function addUsage(groups: NameGroups, name: string, usage: string): void {
  const [a, b] = [groupOrSelf(groups, joinedKey(name)), groupOrSelf(groups, joinedKey(usage))];
  if (a !== b) groups.usages.add(pairKey(a, b));
}
