import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { INTAKE_REFUSALS } from '../../src/pipeline/intake/intake-error.ts';
import { LINE_PROBLEMS } from '../../src/pipeline/intake/intake-problems.ts';

const page = await readFile('docs/intake.md', 'utf8');

function documented(title: string): [string, string][] {
  const section = page.split(`## ${title}`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, code = '', text = '']) => [code, text]);
}

type Texts = Readonly<Record<string, { readonly explanation: string; readonly remedy: string }>>;

it.each<[string, Texts]>([
  ['Codes of unreadable lines', LINE_PROBLEMS],
  ['Codes of refused deliveries', INTAKE_REFUSALS],
])('docs/intake.md, %s: exactly those of the catalogue, in its words', (title, catalogue) => {
  expect(documented(title)).toEqual(Object.entries(catalogue).map(([code, { explanation }]) => [code, explanation]));
});

it('every code has a remedy, and no code means both a line and a delivery', () => {
  const entries = [...Object.entries(LINE_PROBLEMS), ...Object.entries(INTAKE_REFUSALS)];
  expect(new Set(entries.map(([code]) => code)).size).toBe(entries.length);
  for (const [code, { remedy }] of entries) expect([code, remedy.length > 20]).toEqual([code, true]);
});
