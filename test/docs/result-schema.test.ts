import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DIFFERENCE_KINDS } from '../../src/domain/differences.ts';
import { ENROLMENT_STATES } from '../../src/domain/enrolment-state.ts';
import { schemaFaults, type Schema } from './schema-check.ts';

let schema: Schema & { properties: Record<string, { required?: string[]; enum?: string[] }> };
let run: Record<string, unknown>;

beforeAll(async () => {
  schema = JSON.parse(await readFile('docs/result.schema.json', 'utf8')) as typeof schema;
  run = {
    run: '1',
    kind: 'night',
    runDate: '2026-11-21',
    campaign: 'PNBSF-2026',
    state: 'closed',
    ...{ shadow: false, maxWrites: null, writes: null },
    ...{ linesRead: 3, accepted: 2, repeats: 0, unreadable: 1, people: 2, households: 1 },
    outcomes: Object.fromEntries(ENROLMENT_STATES.map((state) => [state, 0])),
    ...{ changed: 0, leavers: 0, newLeavers: 0 },
    differences: Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])),
    balanced: true,
  };
});

// What the commands really print is held against the schema in test/cli/night.test.ts and test/cli/demo.test.ts.
describe('docs/result.schema.json', () => {
  it('knows every state of an enrolment, in the order reports print them', () => {
    expect(schema.properties['outcomes']?.required).toEqual([...ENROLMENT_STATES]);
  });

  it('knows every kind of difference', () => {
    expect(schema.properties['differences']?.required).toEqual([...DIFFERENCE_KINDS]);
  });

  it('knows every state of a run', async () => {
    const migration = await readFile('sql/0009-night.sql', 'utf8');
    const [, states = ''] =
      /add constraint run_state_check check \(state in \(\s*('verifying'[^)]*)\)/.exec(migration) ?? [];
    expect(schema.properties['state']?.enum).toEqual([...states.matchAll(/'([a-z]+)'/g)].map(([, state]) => state));
  });

  it('accepts a run', () => {
    expect(schemaFaults(schema, run)).toEqual([]);
  });

  const spoiled: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['a missing figure', { people: undefined }, '/people'],
    ['a figure below zero', { unreadable: -1 }, '/unreadable is below 0'],
    ['a figure as text', { accepted: '2' }, '/accepted is not of type integer'],
    ['an unknown state', { state: 'finished' }, '/state is not one of the values'],
    ['a figure nobody described', { refused: 1 }, '/refused is not in the schema'],
    ['a ledger without its verdict', { ledger: { writes: 1, distinctPeople: 1 } }, '/wronglyEnrolled is missing'],
    ['a relative path', { files: { report: 'a.csv', summary: '/b.csv', result: '/c.json' } }, '/files/report does not'],
  ];

  it.each(spoiled)('refuses %s', (_what, change, fault) => {
    const value = JSON.parse(JSON.stringify({ ...run, ...change })) as unknown;
    expect(schemaFaults(schema, value).join('\n')).toContain(fault);
  });
});
