import { describe, expect, it } from '@jest/globals';
import { rankCandidates } from '../../../src/matching/scoring/rank-candidates.ts';
import type { ScoredPair } from '../../../src/matching/scoring/score-pair.ts';
import { line, record, score, weights } from './scoring-knowledge.ts';

const bitsOf = (pair: ScoredPair, field: string): number => pair.fields.find((one) => one.field === field)?.bits ?? NaN;

describe('the sum of evidence', () => {
  const fatou = line('Fatou Ndiaye', { birth: '1987-03' });

  it('is the prior, the fields and the family, and gives the probability', () => {
    const pair = score(fatou, record('Fatou', 'NDIAYE', { birth: '1987-03-14' }), 'national-id');
    const fields = pair.fields.reduce((sum, { bits }) => sum + bits, 0);
    expect(pair.bits).toBeCloseTo(pair.priorBits + fields + pair.familyBits, 9);
    expect(pair.probability).toBeCloseTo(1 / (1 + 2 ** -pair.bits), 12);
  });

  it('never lets an equal number approve alone', () => {
    const number = '2042198700123';
    const pair = score(line('', { nationalId: number }), record('Awa', 'SARR', { nationalId: number }), 'national-id');
    expect(pair.probability).toBeLessThan(weights.routes['national-id'].autoFrom);
    expect(bitsOf(pair, 'national-id')).toBe(0);
  });

  it('counts a rare name for more than a common one', () => {
    const common = score(fatou, record('Fatou', 'NDIAYE', { birth: '1987-03' }), 'birth-search-page');
    const rare = score(
      line('Gnima Preira', { birth: '1987-03' }),
      record('Gnima', 'PREIRA', { birth: '1987-03' }),
      'birth-search-page',
    );
    expect(rare.bits).toBeGreaterThan(common.bits + 5);
  });

  it('tells a namesake of the month from the person by mother and place', () => {
    const known = { birth: '1987-03', commune: 'PODOR', mother: { fullName: 'Khady Ba' } };
    const own = record('Fatou', 'NDIAYE', {
      birth: '1987-03-14',
      birthPlace: 'Podor',
      mother: { givenNames: 'KHADY', familyName: 'BA' },
    });
    const namesake = { ...own, birthPlace: 'MATAM', mother: { givenNames: 'COUMBA', familyName: 'SOW' } };
    expect(score(line('Fatou Ndiaye', known), own, 'birth-search-page').probability).toBeGreaterThan(0.9);
    expect(score(line('Fatou Ndiaye', known), namesake, 'birth-search-page').probability).toBeLessThan(0.001);
  });

  it('takes off what a relative explains: twins on one roster are two people', () => {
    const twin = (name: string): ReturnType<typeof line> => line(name, { birth: '2015-05-03', household: 'H1' });
    const pair = score(twin('Awa Ndiaye'), twin('Adama Ndiaye'), 'same-batch');
    expect(pair.familyBits).toBeLessThan(-5);
    expect(pair.probability).toBeLessThan(0.05);
    expect(pair.contradictions).toContain('given-names');
  });

  it('sees one person on two rosters', () => {
    const known = { birth: '1987-03-14', commune: 'PODOR', mother: { fullName: 'Khady Ba' } };
    const pair = score(
      line('Fatou Ndiaye', { ...known, household: 'H1' }),
      line('NDIAYE Fatou', { ...known, household: 'H2' }),
      'same-batch',
    );
    expect(pair.comparison.verdict).toBe('same');
    expect(pair.probability).toBeGreaterThan(weights.routes['same-batch'].autoFrom);
  });

  it.each([
    ['national-id', { nationalId: '2042198700123' }, { nationalId: '2077198700999' }],
    ['birth', { birth: '1987-03-14' }, { birth: '1999-03-14' }],
  ] as const)('names the contradiction %s', (name, left, right) => {
    expect(score(line('Fatou Ndiaye', left), record('Fatou', 'NDIAYE', right), 'act-number').contradictions).toEqual([
      name,
    ]);
  });

  it('stays finite on names nobody can read, whatever is missing', () => {
    for (const name of ['', 'محمد', '😀', 'x', 'A'.repeat(5_000)])
      for (const route of ['national-id', 'birth-search-page', 'same-batch'] as const) {
        const pair = score(line(name, { sex: null }), record(name, name, { sex: null }), route);
        expect(Number.isFinite(pair.bits)).toBe(true);
      }
  });
});

describe('candidates for one person', () => {
  const candidate = (bits: number): { readonly score: { readonly bits: number } } => ({ score: { bits } });

  it('share one probability, and know their distance', () => {
    const ranked = rankCandidates([candidate(3), candidate(10), candidate(9)]);
    expect(ranked.map(({ candidate: one }) => one.score.bits)).toEqual([10, 9, 3]);
    expect(ranked.map(({ marginBits }) => marginBits)).toEqual([1, -1, -7]);
    expect(ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThan(1);
  });

  it('have no distance alone', () => {
    expect(rankCandidates([candidate(4)])[0]).toMatchObject({ marginBits: null, runnerUp: null });
  });
});
