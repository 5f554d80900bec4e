import type { Sex } from '../../domain/person.ts';
import { LexiconError, readLexiconTable } from '../lexicon-table.ts';
import { joinedKey } from '../name-groups.ts';
import type { NameKind, NameLexicon } from '../name-lexicon.ts';
import { joinCutNasals, nameUnits } from '../name-units.ts';
import { nameWords } from '../normalise-name.ts';
import { remembered } from '../remembered.ts';
import type { NameWeights } from './identity-weights.ts';

/** How common names are. Agreement on Ndiaye says less than agreement on Preira. */
export interface NameShares {
  /**
   * Share, 0–1, of people who bear a family name, or of people of that sex who bear a given name; spellings of one group
   * together. Of several names the rarest counts alone, because given names come in sets;
   * titles count only where there is nothing else. A name that no line
   * lists has the share of its kind's unlisted ones.
   */
  shareOf(kind: NameKind, name: string, sex: Sex | null): number;
}

type Column = 'famille' | 'prenom-homme' | 'prenom-femme';

const COLUMNS: readonly string[] = ['famille', 'prenom-homme', 'prenom-femme'] satisfies readonly Column[];

/** Reads `config/names/name-shares.csv` (`nom;type;pour_10000;source`). Throws `LexiconError` naming the name. */
export function readNameShares(
  text: string,
  lexicon: NameLexicon,
  { unlistedFamilyName, unlistedGivenName }: Pick<NameWeights, 'unlistedFamilyName' | 'unlistedGivenName'>,
): NameShares {
  const tables: Record<string, Map<string, number>> = {};
  for (const column of COLUMNS) tables[column] = new Map();
  for (const row of readLexiconTable('name-shares', text, ['nom', 'type', 'pour_10000'])) {
    const key = lexicon.canonical(joinedKey(row['nom'] ?? ''));
    const table = tables[row['type'] ?? ''];
    const share = Number(row['pour_10000']) / 10_000;
    if (key === '' || table === undefined || !(share > 0 && share < 0.5))
      throw new LexiconError('LEXICON_VALUE', 'name-shares', `« ${row['nom'] ?? ''} », type ou part impossible`);
    table.set(key, (table.get(key) ?? 0) + share);
  }
  const unlistedOf = (kind: NameKind): number => (kind === 'family' ? unlistedFamilyName : unlistedGivenName);
  const listed = (column: Column, key: string): number =>
    tables[column]?.get(key) ?? unlistedOf(column === 'famille' ? 'family' : 'given');
  const unitShare = (kind: NameKind, key: string, sex: Sex | null): number => {
    if (kind === 'family') return listed('famille', key);
    const [men, women] = [listed('prenom-homme', key), listed('prenom-femme', key)];
    return sex === null ? Math.max(men, women) : sex === 'M' ? men : women;
  };
  const nameShare = (kind: NameKind, sex: Sex | null): ((name: string) => number) =>
    remembered(NAMES_REMEMBERED, (name) => {
      const units = nameUnits(kind, joinCutNasals(nameWords(name), lexicon), lexicon);
      const names = units.filter(({ title }) => !title);
      const shares = (names.length > 0 ? names : units).map(({ key }) => unitShare(kind, lexicon.canonical(key), sex));
      return shares.length === 0 ? unlistedOf(kind) : Math.min(...shares);
    });
  const family = nameShare('family', null);
  const given = { M: nameShare('given', 'M'), F: nameShare('given', 'F'), unknown: nameShare('given', null) };
  return {
    shareOf: (kind, name, sex) => (kind === 'family' ? family(name) : given[sex ?? 'unknown'](name)),
  };
}

const NAMES_REMEMBERED = 8_192;
