import type { NameLexicon } from '../name-lexicon.ts';
import { packedDateLevel } from './date-levels.ts';
import { levelCount } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { NAME_LEVEL, NameLevels } from './name-levels.ts';
import { numberLevel, TextLevels } from './text-levels.ts';

/** Writes the level of every field of a pair, by field number. */
export type PairComparer = (left: number, right: number, levels: Uint8Array) => void;

type LevelOf = (a: number, b: number) => number;

/** Builds the comparison of two files' rows, field by field in the order of `fields`. */
export function pairComparer(
  fields: readonly LinkageField[],
  left: LinkageTable,
  right: LinkageTable,
  pools: ValuePools,
  lexicon: NameLexicon,
): PairComparer {
  const levelOf = levelFunctions(pools, lexicon);
  const plain = fields.map((field) => ({
    a: left.columns.get(field.name) ?? new Int32Array(0),
    b: right.columns.get(field.name) ?? new Int32Array(0),
    level: levelOf(field),
  }));
  const givenAt = fields.findIndex((field) => field.name === 'given_names');
  const familyAt = fields.findIndex((field) => field.name === 'family_name');
  const names = { given: plain[givenAt], family: plain[familyAt] };
  const alignNames = names.given && names.family ? nameAligner(names.given, names.family, pools) : null;
  return (i, j, levels) => {
    for (let at = 0; at < plain.length; at++) {
      const field = plain[at];
      if (field) levels[at] = field.level(field.a[i] ?? 0, field.b[j] ?? 0);
    }
    alignNames?.(i, j, levels, givenAt, familyAt);
  };
}

function levelFunctions(pools: ValuePools, lexicon: NameLexicon): (field: LinkageField) => LevelOf {
  const given = new NameLevels('given', pools.names, lexicon);
  const family = new NameLevels('family', pools.names, lexicon);
  const texts = new TextLevels(pools.texts);
  return (field) => {
    switch (field.kind) {
      case 'name':
        return field.name.includes('family') ? (a, b) => family.level(a, b) : (a, b) => given.level(a, b);
      case 'date':
        return packedDateLevel;
      case 'text':
        return (a, b) => texts.level(a, b);
      case 'number':
        return (a, b) => numberLevel(pools.numbers, a, b);
      case 'sex':
      case 'exact': {
        const missing = levelCount(field.kind);
        return (a, b) => (a === 0 || b === 0 ? missing : a === b ? 0 : 1);
      }
    }
  };
}

interface NameColumn {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly level: LevelOf;
}

type NameAligner = (i: number, j: number, levels: Uint8Array, givenAt: number, familyAt: number) => void;

/**
 * Tries what registries do to names when the plain comparison fails: given and family name exchanged, or both written
 * into one field. Two alignments tried make agreement by chance likelier, so only a plainly better one is taken.
 */
function nameAligner(given: NameColumn, family: NameColumn, pools: ValuePools): NameAligner {
  const { names } = pools;
  const whole = (givenId: number, familyId: number): number =>
    names.idOf(`${names.name(givenId).text} ${names.name(familyId).text}`);
  return (i, j, levels, givenAt, familyAt) => {
    const [givenLevel, familyLevel] = [levels[givenAt] ?? 0, levels[familyAt] ?? 0];
    if (givenLevel < NAME_LEVEL.weak || familyLevel < NAME_LEVEL.weak) {
      if (givenLevel !== NAME_LEVEL.missing && familyLevel !== NAME_LEVEL.missing) return;
    }
    const [givenA, givenB] = [given.a[i] ?? 0, given.b[j] ?? 0];
    const [familyA, familyB] = [family.a[i] ?? 0, family.b[j] ?? 0];
    if (givenA !== 0 && givenB !== 0 && familyA !== 0 && familyB !== 0) {
      const crossed = [given.level(givenA, familyB), family.level(familyA, givenB)] as const;
      if (crossed[0] > NAME_LEVEL.near || crossed[1] > NAME_LEVEL.near) return;
      [levels[givenAt], levels[familyAt]] = crossed;
      return;
    }
    const fused = given.level(whole(givenA, familyA), whole(givenB, familyB));
    const bothWhole = fused <= NAME_LEVEL.close && (familyA !== 0 || familyB !== 0) && (givenA !== 0 || givenB !== 0);
    if (bothWhole) [levels[givenAt], levels[familyAt]] = [fused, fused];
  };
}
