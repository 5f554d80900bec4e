import { describe, expect, it } from '@jest/globals';
import { parseIdentityWeights } from '../../../src/matching/scoring/identity-weights.ts';
import { IdentityWeightsError } from '../../../src/matching/scoring/weights-error.ts';
import { shares, weights, weightsJson } from './scoring-knowledge.ts';

type Loose = Record<string, never>;

/** The shipped file with one member changed. */
function changed(change: (file: { [member: string]: Loose }) => void): string {
  const file = JSON.parse(weightsJson) as { [member: string]: Loose };
  change(file);
  return JSON.stringify(file);
}

describe('identity-weights.json', () => {
  it('is usable as shipped, with every route it needs', () => {
    expect(weights.version).toMatch(/^weights-/);
    expect(weights.marginBits).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['no JSON', '{', 'le fichier'],
    [
      'a route that is missing',
      changed(({ routes }) => Reflect.deleteProperty(routes!, 'same-batch')),
      'routes.same-batch',
    ],
    [
      'a level that is missing',
      changed(({ fields }) => Reflect.deleteProperty(fields!['sex']!, 'equal')),
      'fields.sex.equal.same',
    ],
    [
      'a level nobody knows',
      changed(({ fields }) => Object.assign(fields!['sex']!, { maybe: {} })),
      'fields.sex.maybe',
    ],
    [
      'a column that does not add up',
      changed(({ fields }) => Object.assign(fields!['sex']!, { equal: { same: 0.5, family: 0.5, stranger: 0.5 } })),
      'fields.sex, colonne same',
    ],
    [
      'an impossible share',
      changed(({ fields }) => Object.assign(fields!['sex']!, { equal: { same: 1, family: 0.5, stranger: 0.5 } })),
      'fields.sex.equal.same',
    ],
    [
      'a threshold below one half',
      changed(({ routes }) => Object.assign(routes!['national-id']!, { autoFrom: 0.2 })),
      'routes.national-id.autoFrom',
    ],
  ])('names what is wrong: %s', (_, text, member) => {
    const read = (): unknown => parseIdentityWeights(text);
    expect(read).toThrow(IdentityWeightsError);
    expect(read).toThrow(`« ${member} »`);
  });
});

describe('name shares', () => {
  it('fold spellings, prefer the rarest of several names, and leave titles out', () => {
    expect(shares.shareOf('family', "N'Diaye", null)).toBe(shares.shareOf('family', 'NDIAYE', null));
    expect(shares.shareOf('given', 'El Hadji Mamadou', 'M')).toBe(shares.shareOf('given', 'Mamadou', 'M'));
    expect(shares.shareOf('given', 'Mamadou Zzyzx', 'M')).toBe(weights.names.unlistedGivenName);
    expect(shares.shareOf('family', 'Zzyzx', null)).toBe(weights.names.unlistedFamilyName);
  });
});
