import { describe, expect, it } from '@jest/globals';

import { splitFullName } from '../../src/matching/split-full-name.ts';
import type { NameWord } from '../../src/matching/normalise-name.ts';
import { lexicon } from './knowledge.ts';

const text = (words: readonly NameWord[] | undefined): string => (words ?? []).map((word) => word.key).join(' ');

describe('splitFullName', () => {
  it.each([
    ['Fatou Ndiaye', 'FATOU', 'NDIAYE'],
    ['El Hadji Malick Sy', 'EL HADJI MALICK', 'SY'],
    ['Babacar Mbaye Diop', 'BABACAR MBAYE', 'DIOP'],
    ['Mame Diarra Bousso Fall', 'MAME DIARRA BOUSSO', 'FALL'],
    ['Maria da Silva', 'MARIA', 'DA SILVA'],
    ["Awa N'Diaye", 'AWA', 'NDIAYE'],
    ['Awa N Diaye', 'AWA', 'NDIAYE'],
    ['Awa M Baye', 'AWA', 'MBAYE'],
    ['M. Moussa Ba', 'MOUSSA', 'BA'],
    ['Mme Awa Diop', 'AWA', 'DIOP'],
    ['Veuve Awa Diop', 'AWA', 'DIOP'],
    ['Ndiaye', 'NDIAYE', ''],
  ])('reads "%s" as given names "%s", family name "%s"', (fullName, given, family) => {
    const [first] = splitFullName(fullName, lexicon).readings;
    expect([text(first?.givenNames), text(first?.familyName)]).toEqual([given, family]);
    expect(first?.order).toBe('given-first');
  });

  it.each([
    ['Fatou Ndiaye épouse Fall', 'FATOU', 'NDIAYE', 'FALL'],
    ['Fatou Ndiaye ép. Fall', 'FATOU', 'NDIAYE', 'FALL'],
    ['Fatou Ndiaye Mme Fall', 'FATOU', 'NDIAYE', 'FALL'],
    ['Fatou Ndiaye Vve Fall', 'FATOU', 'NDIAYE', 'FALL'],
    ['Fatou Fall née Ndiaye', 'FATOU', 'NDIAYE', 'FALL'],
    ['Mme Fall née Fatou Ndiaye', 'FATOU', 'NDIAYE', 'FALL'],
  ])('takes the husband\'s name out of "%s"', (fullName, given, family, spouse) => {
    const split = splitFullName(fullName, lexicon);
    const [first] = split.readings;
    expect([text(first?.givenNames), text(first?.familyName), text(split.spouseName)]).toEqual([given, family, spouse]);
  });

  it.each([
    ['Mamadou Diallo dit Modou', 'MAMADOU', 'DIALLO', 'MODOU'],
    ['Mamadou dit Modou Diallo', 'MAMADOU', 'DIALLO', 'MODOU'],
    ['Mamadou Lamine alias Baye Laye Diallo', 'MAMADOU LAMINE', 'DIALLO', 'BAYE LAYE'],
    ['Mamadou Diallo dit Baye Fall', 'MAMADOU', 'DIALLO', 'BAYE FALL'],
  ])('takes the nickname out of "%s"', (fullName, given, family, nickname) => {
    const split = splitFullName(fullName, lexicon);
    const [first] = split.readings;
    expect([text(first?.givenNames), text(first?.familyName), text(split.nickname)]).toEqual([given, family, nickname]);
  });

  it.each([
    ['NDIAYE Fatou', true],
    ['Fatou NDIAYE', false],
    ['Mbaye Diop', false],
    ['Diop Mbaye', false],
  ])('offers "%s" inverted; that the inversion is plain: %s', (fullName, evident) => {
    const inverted = splitFullName(fullName, lexicon).readings[1];
    expect(inverted?.order).toBe('family-first');
    expect(text(inverted?.familyName)).toBe(fullName.split(' ')[0]!.toUpperCase());
    expect(inverted?.evident).toBe(evident);
  });

  it('has no reading for what is not comparable', () => {
    expect(splitFullName('محمد ندياي', lexicon).readings).toEqual([]);
    expect(splitFullName('', lexicon).readings).toEqual([]);
  });

  it('finds a name even when a marker is all there is', () => {
    expect(text(splitFullName('Dit', lexicon).readings[0]?.givenNames)).toBe('DIT');
  });
});
