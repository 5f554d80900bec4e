import { beforeAll, describe, expect, it } from '@jest/globals';
import { aboutYear, partialDate, UNKNOWN_DATE } from '../../../src/domain/partial-date.ts';
import { DuplicatePolicyError, parseDuplicatePolicy } from '../../../src/matching/match-keys/duplicate-policy.ts';
import type { KeyedPerson, MatchKeys } from '../../../src/matching/match-keys/match-keys.ts';
import { readReferenceData } from '../../../src/reference-data.ts';

let keys: MatchKeys;
beforeAll(async () => {
  keys = (await readReferenceData('config')).matcher.keys;
});

function person(change: Partial<KeyedPerson>): KeyedPerson {
  return {
    ...{ fullName: 'Mamadou Lamine Diop', sex: 'M', birth: partialDate(1980, 5), nationalId: null },
    ...{ birthExtractNumber: null, motherName: null, commune: 'PODOR' },
    ...change,
  };
}

/** Whether one who is looked for meets the other where they are filed. */
function meets(asked: Partial<KeyedPerson>, filed: Partial<KeyedPerson>): boolean {
  const under = new Set(keys.filed(person(filed)));
  return keys.asked(person(asked)).some(({ key }) => under.has(key));
}

const far = { commune: 'MBOUR', birth: partialDate(1980, 5) };

describe('two lines meet', () => {
  it.each([
    ['whose names are written the other way round', {}, { ...far, fullName: 'DIOP Mamadou Lamine' }],
    ['of whom one leaves a first name out', {}, { ...far, fullName: 'Lamine Diop' }],
    ['whose spellings are of one group', { fullName: 'Fatou Ndiaye' }, { ...far, fullName: 'FATU NJAAY' }],
    [
      'of whom one bears her husband’s name',
      { fullName: 'Fatou Fall' },
      { ...far, fullName: 'Fatou Ndiaye épouse Fall' },
    ],
    ['a year apart', {}, { ...far, birth: partialDate(1981, 2) }],
    ['with an approximate year', { birth: aboutYear(1982) }, far],
    ['without a date, in one commune', { birth: UNKNOWN_DATE }, {}],
    [
      'by number alone',
      { nationalId: '1 042 1980 00017' },
      { fullName: 'Awa Sy', birth: UNKNOWN_DATE, nationalId: '1042198000017' },
    ],
  ])('%s', (_, asked, filed) => {
    expect(meets(asked, filed)).toBe(true);
  });
});

describe('two lines do not meet', () => {
  it.each([
    ['of other names, months and communes', { fullName: 'Awa Sy' }, { ...far, birth: partialDate(1980, 6) }],
    [
      'by a filler in place of a number',
      { nationalId: '0000000000000' },
      { fullName: 'Awa Sy', commune: '', nationalId: '0000000000000', sex: 'F' },
    ],
    [
      'with nothing known',
      { fullName: '', birth: UNKNOWN_DATE, commune: '' },
      { fullName: '', birth: UNKNOWN_DATE, commune: '' },
    ],
  ] as const)('%s', (_, asked, filed) => {
    expect(meets(asked, filed)).toBe(false);
  });
});

describe('keys', () => {
  it('are few, distinct and exact in a double', () => {
    const filed = keys.filed(person({ birth: partialDate(1980, 5, 12), motherName: 'Awa Sow' }));
    expect(new Set(filed).size).toBe(filed.length);
    expect(filed.length).toBeLessThan(25);
    expect(filed.every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
  });
});

describe('the policy', () => {
  const policy = { version: 'v', reviewFrom: 0.1, linkFrom: 0.9, linesNamed: 5, linesOfOne: 12 };
  it.each([
    ['no JSON', '{'],
    ['a probability beyond 1', JSON.stringify({ ...policy, reviewFrom: 2 })],
    ['links weaker than doubts', JSON.stringify({ ...policy, reviewFrom: 0.95 })],
    ['half a line', JSON.stringify({ ...policy, linesNamed: 1.5 })],
  ])('of %s is refused', (_, text) => {
    expect(() => parseDuplicatePolicy(text)).toThrow(DuplicatePolicyError);
  });
});
