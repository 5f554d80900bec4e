import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PolicyError, readPolicy } from '../../src/domain/policy.ts';
import { blocks, inCatalogueOrder, REASONS, type ReasonCode } from '../../src/domain/reasons.ts';

const shipped = readFileSync('config/policy.json', 'utf8');
const changed = (change: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(shipped) as Record<string, unknown>), ...change });

function faultsOf(json: string): readonly string[] {
  try {
    readPolicy(json);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  return [];
}

describe('the policy file', () => {
  it('is read and frozen', () => {
    const policy = readPolicy(shipped);
    expect(policy.contribution).toBe(0);
    expect(Object.isFrozen(policy)).toBe(true);
    expect(policy.relationship(1, 'M')).toEqual({ label: 'Lui-même', other: null });
    expect(policy.relationship(1, 'F')).toEqual({ label: 'Elle-même', other: null });
    expect(policy.relationship(10, null)).toEqual({ label: 'Autre', other: 'petit-enfant' });
  });

  it('has all its faults told at once, each by its name', () => {
    const faults = faultsOf(
      changed({
        version: '',
        adultAge: -1,
        coverMonths: 0,
        contribution: 500,
        policyHolder: ['uncle'],
        relationships: {},
      }),
    );
    const named = ['version', 'policyHolder', 'adultAge', 'coverMonths', 'contribution', 'relationships'];
    expect(faults.map((fault) => /« (\w+) »/.exec(fault)?.[1]).sort()).toEqual(named.sort());
  });

  it('must enrol free of charge', () => {
    for (const contribution of [1, 3_500, -1, '0', null]) expect(faultsOf(changed({ contribution }))).toHaveLength(1);
  });

  it.each(['', '[', '[]', '"x"', 'null', '{}'])('is refused with its own error: %s', (json) => {
    expect(() => readPolicy(json)).toThrow(PolicyError);
  });
});

describe('the catalogue of reasons', () => {
  const entries = Object.entries(REASONS);

  it('tells for each what it is, what it means, what to do and who must act, in finished French sentences', () => {
    for (const [code, { title, explanation, remedy, office }] of entries) {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
      expect(title.length).toBeGreaterThan(4);
      expect(explanation).toMatch(/^[A-ZÀÉ].*\.$/);
      expect(remedy).toMatch(/^[A-ZÀÉ].*\.$/);
      expect(['RNU', 'etat-civil', 'DAF', 'SIGICMU', 'ANACMU', 'none']).toContain(office);
    }
    expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
  });

  it('leaves no office without work to do for what blocks', () => {
    for (const [code, { office }] of entries)
      if (blocks(code as ReasonCode)) expect([code, office]).not.toEqual([code, 'none']);
  });

  it('orders codes as it lists them, each once', () => {
    expect(inCatalogueOrder(['PHOTO_MANQUANTE', 'DECES_SIGNALE', 'PHOTO_MANQUANTE'])).toEqual([
      'DECES_SIGNALE',
      'PHOTO_MANQUANTE',
    ]);
  });
});
