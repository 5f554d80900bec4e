import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaFaults, type Schema } from '../docs/schema-check.ts';
import { CommandLine } from './command-line.ts';

interface Night {
  readonly state: string;
  readonly people: number;
  readonly balanced: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly ledger: { readonly writes: number; readonly distinctPeople: number };
  readonly wronglyEnrolled: number;
  readonly files: Readonly<Record<string, string>>;
}

let cli: CommandLine;
let first: Night;
let again: Night;
let other: Night;

async function play(seed: string, folder: string): Promise<Night> {
  const { status, stdout, stderr } = await cli.run(
    'demo',
    '--json',
    '--people',
    '200',
    '--seed',
    seed,
    '--dir',
    folder,
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout) as Night;
}

beforeAll(async () => {
  cli = await CommandLine.open();
  first = await play('kora', 'un');
  again = await play('kora', 'deux');
  other = await play('balafon', 'trois');
}, 180_000);
afterAll(() => cli.close());

describe('the demonstration', () => {
  it('answers as its schema says', async () => {
    const schema = JSON.parse(await readFile('docs/result.schema.json', 'utf8')) as Schema;
    expect(schemaFaults(schema, first)).toEqual([]);
  });

  it('enrols, balances, registers each once and nobody wrongly', () => {
    for (const night of [first, again, other]) {
      const { enrolled = 0, renewed = 0 } = night.outcomes;
      expect(night).toMatchObject({ state: 'closed', people: 200, balanced: true, wronglyEnrolled: 0 });
      expect(enrolled).toBeGreaterThan(0);
      expect(night.ledger).toEqual({ writes: enrolled + renewed, distinctPeople: enrolled + renewed });
    }
  });

  it('leaves every file it names', async () => {
    for (const path of Object.values(first.files)) {
      expect(isAbsolute(path)).toBe(true);
      expect((await readFile(path)).length).toBeGreaterThan(0);
    }
  });

  it('with the same seed ends the same for every person', async () => {
    expect(await reportOf(again)).toEqual(await reportOf(first));
  });

  it('with another seed is about other people', async () => {
    expect(await reportOf(other)).not.toEqual(await reportOf(first));
    expect(await readFile(other.files['batch'] ?? '')).not.toEqual(await readFile(first.files['batch'] ?? ''));
  });
});

/** The report line by line: also registration codes and dates are the same. */
async function reportOf(night: Night): Promise<readonly string[]> {
  return (await readFile(night.files['report'] ?? '', 'utf8')).split('\r\n');
}
