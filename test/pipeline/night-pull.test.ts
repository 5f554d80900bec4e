import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallResult, MessageTrace } from '../../src/domain/partner-call.ts';
import type { RnuPage, SocialRegistry } from '../../src/domain/partners.ts';
import { takeIn, type TakenDelivery } from '../../src/pipeline/night/take-in.ts';
import { openRefusals } from '../../src/store/night/refused-deliveries.ts';
import { catalogue, CAMPAIGN } from '../intake/deliveries.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
afterEach(() => database.close());

const TRACE = {} as MessageTrace;
const answer = <T>(value: T): CallResult<T> => ({ kind: 'answer', value, trace: TRACE });
const record = (at: number): Record<string, string> => ({
  referenceMenage: `SN-${at}`,
  numeroOrdre: '1',
  nomComplet: `Awa SOW${'ABCDEFGH'[at] ?? ''}`,
});

/** A registry whose pages are what the test says, and how it is taken in. */
async function pulled(
  pages: Readonly<Record<string, RnuPage>>,
  more: { people?: number; households?: number; failFirst?: number } = {},
): Promise<{ deliveries: TakenDelivery[]; pauses: number[] }> {
  let failures = more.failFirst === undefined ? 0 : 1;
  const registry: SocialRegistry = {
    listBatches: () =>
      Promise.resolve(
        answer([
          { batchNumber: 'L1', extractedOn: '2026-12-01', households: more.households ?? 4, people: more.people ?? 4 },
        ]),
      ),
    fetchPage(_, cursor) {
      if (failures-- > 0)
        return Promise.resolve({
          kind: 'not-processed',
          failure: 'transient',
          code: 'BUSY',
          retryAfterMs: more.failFirst ?? 0,
          trace: TRACE,
        });
      const page = pages[cursor ?? 'first'];
      if (!page) throw new Error('no such page');
      return Promise.resolve(answer(page));
    },
  };
  const deliveries: TakenDelivery[] = [];
  const pauses: number[] = [];
  await takeIn('2026-12-02', {
    database,
    campaign: CAMPAIGN,
    actor: 'machine',
    catalogue,
    drop: null,
    pulling: {
      registry,
      newMessageId: () => 'id',
      firstPauseMs: 10,
      pause: (ms) => Promise.resolve(pauses.push(ms)),
    },
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  return { deliveries, pauses };
}

const good = {
  first: { records: [record(1), record(2)], next: 'b' },
  b: { records: [record(3), record(4)], next: null },
};

describe('pulling from the RNU service', () => {
  it('takes a batch once, waiting as long as the service asks', async () => {
    database = await createTestDatabase();
    const { deliveries, pauses } = await pulled(good, { failFirst: 7_000 });
    expect(deliveries).toEqual([{ outcome: 'imported', source: 'rnu-service', name: 'L1', batch: 'L1' }]);
    expect(pauses).toEqual([7_000]);
    expect((await pulled(good)).deliveries).toEqual([]);
  });

  it.each<[string, Record<string, RnuPage>, { people?: number; households?: number }, string]>([
    ['a page twice, another missing', { first: good.first, b: { ...good.first, next: null } }, {}, 'PAGE_REPETEE'],
    ['a cursor that leads back', { first: good.first, b: { records: [record(3)], next: 'b' } }, {}, 'PAGE_REPETEE'],
    ['a page missing', { first: { ...good.first, next: null } }, {}, 'TOTAUX_DIFFERENTS'],
    [
      'half a page twice, the other half missing',
      { first: good.first, b: { records: [record(2), record(3)], next: null } },
      {},
      'MENAGES_DIFFERENTS',
    ],
  ])('refuses %s, imports nothing of it, and takes it when the service has mended', async (_, pages, totals, code) => {
    database = await createTestDatabase();
    expect((await pulled(pages, totals)).deliveries).toEqual([
      { outcome: 'refused', source: 'rnu-service', name: 'L1', code },
    ]);
    const people = async (): Promise<number> => (await database.db.selectFrom('person').selectAll().execute()).length;
    expect(await people()).toBe(0);
    expect(await openRefusals(database.db, 9)).toMatchObject([{ name: 'L1', code }]);
    await pulled(good);
    expect(await people()).toBe(4);
    expect(await openRefusals(database.db, 9)).toEqual([]);
  });
});
