import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importRecords, type IntakeRecord } from '../../src/pipeline/intake/import-records.ts';
import type { ImportResult } from '../../src/pipeline/intake/merge-batch.ts';
import { CAMPAIGN, catalogue, countsOf, csv, Deliveries, line, refusal } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

const member = (reference: string, number: number, more: Record<string, string> = {}): Record<string, string> => ({
  referenceMenage: reference,
  numeroOrdre: String(number),
  nomComplet: 'Awa Ba',
  ...more,
});

// eslint-disable-next-line @typescript-eslint/require-await
async function* records(...members: readonly Record<string, string>[]): AsyncGenerator<IntakeRecord> {
  for (const [index, fields] of members.entries()) yield { lineNumber: index + 1, fields };
}

function importMembers(
  number: string,
  source: AsyncIterable<IntakeRecord>,
  more: { declaredPeople?: number } = {},
): Promise<ImportResult> {
  const options = { database: deliveries.database, catalogue, campaign: CAMPAIGN, actor: 'machine' };
  return importRecords({ name: 'RNU', number, records: source, ...more }, options);
}

describe('records of the RNU service', () => {
  it('are merged by the rules of a file', async () => {
    const source = records(
      member('SN-1-1', 1),
      member('SN-1-1', 2, { sexe: '2' }),
      member('', 3),
      member('SN-1-1', 2, { sexe: '2' }),
    );
    const result = await importMembers('LOT-1', source, { declaredPeople: 4 });
    expect(countsOf(result)).toMatchObject({ linesRead: 4, accepted: 2, repeats: 1, unreadable: 1 });
    expect(await deliveries.rows(`select number, source, encoding from batch`)).toEqual([
      { number: 'LOT-1', source: 'rnu-service', encoding: null },
    ]);
    const [second] = await deliveries.rows<{ raw_line: string }>(`select raw_line from person where ref = 'SN-1-1/2'`);
    expect(JSON.parse(second?.raw_line ?? '')).toEqual(member('SN-1-1', 2, { sexe: '2' }));
  });

  it('fetched again are recognised; others under the same number are refused', async () => {
    await importMembers('LOT-2', records(member('SN-2-1', 1)));
    expect(await importMembers('LOT-2', records(member('SN-2-1', 1)))).toMatchObject({
      alreadyImported: true,
      number: 'LOT-2',
    });
    expect(await refusal(importMembers('LOT-2', records(member('SN-2-1', 2))))).toBe('NUMERO_DE_LOT_PRIS');
  });

  it('and a file that says the same speak of the same people', async () => {
    await importMembers('LOT-3', records(member('SN-3-1', 1, { commune: 'RAO', sexe: '2' })));
    const result = await deliveries.importText(csv(line('SN-3-1', 1, 'Awa Ba', ';F;;;;RAO')));
    expect(countsOf(result)).toMatchObject({ repeats: 1, accepted: 0 });
  });

  it('less or more than announced, or none, are refused', async () => {
    expect(await refusal(importMembers('LOT-4', records(member('SN-4-1', 1)), { declaredPeople: 2 }))).toBe(
      'TOTAUX_DIFFERENTS',
    );
    expect(await refusal(importMembers('LOT-4', records()))).toBe('FICHIER_SANS_LIGNE');
  });

  it('with characters that Postgres cannot store are read without them', async () => {
    const source = records(member('SN-5-1\0', 1, { nomComplet: 'Awa\0Ba \ud800', adresse: '\0' }));
    expect(countsOf(await importMembers('LOT-5', source))).toMatchObject({ accepted: 1 });
    expect(await deliveries.rows(`select full_name from person where ref = 'SN-5-1/1'`)).toEqual([
      { full_name: 'Awa Ba \ufffd' },
    ]);
  });

  it('that break off leave nothing, and their own error reaches the caller', async () => {
    async function* broken(): AsyncGenerator<IntakeRecord> {
      for (let count = 1; count <= 1_200; count += 1) yield { lineNumber: count, fields: member(`SN-6-${count}`, 1) };
      await Promise.reject(new RangeError('page lost'));
    }
    const before = await deliveries.snapshot();
    await expect(importMembers('LOT-6', broken())).rejects.toThrow(RangeError);
    expect(await deliveries.snapshot()).toEqual(before);
  });
});
