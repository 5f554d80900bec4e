import { randomUUID } from 'node:crypto';
import { createRnuAdapter } from '../../adapters/rnu/create-rnu-adapter.ts';
import { parseServiceId } from '../../src/exchange/parse-identifier.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallResult, MessageTrace } from '../../src/domain/partner-call.ts';
import type { RnuPage, SocialRegistry } from '../../src/domain/partners.ts';
import { pullBatch } from '../../src/pipeline/intake/pull-batch.ts';
import { takeIn, type TakenDelivery } from '../../src/pipeline/night/take-in.ts';
import { openRefusals } from '../../src/store/night/refused-deliveries.ts';
import { catalogue, CAMPAIGN } from '../intake/deliveries.ts';
import { openInstallation, type Installation } from './installation.ts';
import { village } from './village.ts';
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

describe('a pull that is cut off', () => {
  const SIZE = 25;
  const lines = Array.from({ length: SIZE }, (_, at) => ({
    referenceMenage: `SN-${String(at).padStart(4, '0')}`,
    numeroOrdre: '1',
    nomComplet: 'Awa SOW',
  }));
  /** Asks the real service for small pages, and is killed before it has asked for the given one. */
  async function pullFrom(
    installation: Installation,
    { killedBefore = Infinity, spoil = (page: RnuPage) => page } = {},
  ): Promise<{ asked: (string | null)[]; outcome: unknown }> {
    const { exchange } = installation.app.partners();
    const service = parseServiceId(installation.app.config.exchange.services.rnu);
    const socialRegistry = createRnuAdapter({ exchange, service, pageSize: 5 });
    const asked: (string | null)[] = [];
    const registry: SocialRegistry = {
      listBatches: (call) => socialRegistry.listBatches(call),
      async fetchPage(batch, cursor, call) {
        if (asked.length + 1 === killedBefore) throw new Error('killed');
        asked.push(cursor);
        const page = await socialRegistry.fetchPage(batch, cursor, call);
        return page.kind === 'answer' ? { ...page, value: spoil(page.value) } : page;
      },
    };
    const outcome = await pullBatch('LOT-RNU', {
      database: installation.app.database,
      campaign: CAMPAIGN,
      actor: 'test',
      catalogue,
      registry,
      newMessageId: randomUUID,
      firstPauseMs: 1,
    }).catch((error: unknown) => error);
    return { asked, outcome };
  }

  async function open(): Promise<Installation> {
    const rnuBatches = [{ batchNumber: 'LOT-RNU', extractedOn: '2026-12-01', rows: lines, households: SIZE }];
    const registries = { ...village([]).registries, rnuBatches };
    const installation = await openInstallation({ village: { lines: [], registries } });
    database = installation.database;
    return installation;
  }
  const people = async (of: Installation): Promise<number> => (await of.rows('select 1 from person')).length;
  const kept = async (of: Installation): Promise<number> => (await of.rows('select 1 from rnu_page')).length;

  it('goes on after the last page it was given, and ends as if it had not been', async () => {
    const installation = await open();
    const first = await pullFrom(installation, { killedBefore: 4 });
    expect(first.outcome).toEqual(new Error('killed'));
    expect([await people(installation), await kept(installation)]).toEqual([0, 3]);
    // The last page is looked at again, then come those that are missing.
    const second = await pullFrom(installation);
    expect(second.asked).toEqual([first.asked[2], expect.any(String), expect.any(String)]);
    expect(second.outcome).toMatchObject({ alreadyImported: false, counts: { accepted: SIZE, linesRead: SIZE } });
    expect([await people(installation), await kept(installation)]).toEqual([SIZE, 0]);
    await installation.app.close();
    await installation.sandbox.stop();
  });

  it('begins again where the service gives other pages than before, and refuses one that comes twice', async () => {
    const installation = await open();
    await pullFrom(installation, { killedBefore: 4, spoil: (page) => ({ ...page, records: page.records.slice(1) }) });
    const again = await pullFrom(installation);
    expect(again.asked).toHaveLength(6);
    expect(again.asked.slice(1, 2)).toEqual([null]);
    expect(await people(installation)).toBe(SIZE);
    await installation.app.close();
    await installation.sandbox.stop();
  });
});
