import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayReach, mostBits } from '../../../src/matching/scoring/most-bits.ts';
import type { PersonFacts, WrittenName } from '../../../src/matching/scoring/person-facts.ts';
import { ROUTES } from '../../../src/matching/scoring/route.ts';
import { lexicon, rule } from '../knowledge.ts';
import { facts, line, score, shares, weights } from './scoring-knowledge.ts';

const knowledge = { lexicon, rule, weights, shares };

/** Few values, so that pairs agree in some fields and nearly agree in others. */
const of = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const GIVEN = ['Fatou', 'Fatoumata', 'Mouhamadou', 'Modou', 'Gnima', 'Awa dit Baye', 'El Hadji', 'Xyzzy', ''];
const FAMILY = ['Ndiaye', 'NDIAYE épouse FALL', 'Diop', 'Diaw', 'Diao', 'Preira', 'Xyzzy', ''];
const name: fc.Arbitrary<WrittenName> = fc
  .tuple(of(...GIVEN), of(...FAMILY), of(0, 1, 2))
  .map(([given, family, way]) => {
    if (way === 0) return { givenNames: given, familyName: family };
    return { fullName: way === 1 ? `${given} ${family}` : `${family} ${given}` };
  });
const person: fc.Arbitrary<PersonFacts> = fc
  .record({
    name,
    nickname: of(null, 'Baye'),
    sex: of('F' as const, 'M' as const, null),
    birth: of('1987-03-14', '1987-03-15', '1987-01-01', '1986', '1987-03', '1950-11-02', undefined),
    birthPlace: of(null, 'Podor', 'MATAM'),
    commune: of(null, 'PODOR'),
    nationalId: of(null, '2042198700123', '2042198700124', '1042195000123', '99', '?'),
    actNumber: of(null, '12/1987', '13 1987', ''),
    father: fc.option(name),
    mother: fc.option(name),
    household: of(null, 'H1', 'H2'),
    reference: of(null, 'R1', 'R2'),
  })
  .map(({ name: written, birth, ...given }) => facts(written, birth === undefined ? given : { ...given, birth }));

/** Two people who share some fields to the letter. */
const FIELDS = ['name', 'sex', 'birth', 'commune', 'nationalId', 'actNumber', 'father', 'mother'] as const;
const pair = fc.tuple(person, person, fc.subarray([...FIELDS])).map(([left, right, shared]) => ({
  left,
  right: { ...right, ...Object.fromEntries(shared.map((field) => [field, left[field]])) },
}));

describe('the most a pair could score', () => {
  it('is never below its score', () => {
    fc.assert(
      fc.property(pair, of(...ROUTES), ({ left, right }, route) => {
        const { priorBits, familyBits, fields } = score(left, right, route);
        const sum = fields.reduce((total, { bits }) => total + bits, priorBits + familyBits);
        expect(mostBits(left, right, route, knowledge)).toBeGreaterThanOrEqual(sum - 1e-9);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the score itself where only what needs no names is known', () => {
    const [left, right] = [line('', { birth: '1987-03-14', commune: 'PODOR' }), line('', { birth: '1987-03-14' })];
    const { bits, familyBits } = score(left, right, 'same-batch');
    const names = mostBits(line('', { sex: null }), line('', { sex: null }), 'same-batch', knowledge) - priorOf();
    expect(mostBits(left, right, 'same-batch', knowledge)).toBeCloseTo(bits - familyBits + names, 9);
  });

  it('leaves out strangers of another age, and keeps one person on two rosters', () => {
    const known = { birth: '1987-03-14', commune: 'PODOR', household: 'H1' };
    const reaches = (right: PersonFacts): boolean =>
      mayReach(0.05, line('Fatou Ndiaye', known), right, 'same-batch', knowledge);
    expect(reaches(line('Fatou Ndiaye', { ...known, birth: '1950-11-02', household: 'H2' }))).toBe(false);
    expect(reaches(line('Fatou Ndiaye', { ...known, household: 'H2' }))).toBe(true);
  });
});

function priorOf(): number {
  const { records, same, family } = weights.routes['same-batch'];
  return Math.log2(same / (records - same - family));
}
