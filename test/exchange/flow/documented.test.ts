import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { HELD_BACK } from '../../../src/exchange/flow/held-back.ts';
import { OWN_FAILURES } from '../../../src/exchange/failures/own-failures.ts';

describe('docs/flow-control.md', () => {
  it('lists every code with which a call is held back, and its class', async () => {
    const page = await readFile('docs/flow-control.md', 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (route|transient) \|/gm)].map(([, code, kind]) => [code, kind]);
    expect(rows).toEqual(Object.entries(HELD_BACK).map(([code, { class: kind }]) => [code, kind]));
  });

  it('names codes that no other failure has', () => {
    expect(Object.keys(HELD_BACK).filter((code) => code in OWN_FAILURES)).toEqual([]);
  });
});
