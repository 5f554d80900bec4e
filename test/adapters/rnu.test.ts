import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRnuAdapter } from '../../adapters/rnu/create-rnu-adapter.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import type { SocialRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { describePartnerContract, problem, service } from './contract.ts';
import * as allow from './damaged-json.ts';
import { expectOnlySoundAnswers } from './damaged-json.ts';
import { attempt, exchangeWith, RNU_SERVICE } from './exchange.ts';
import { BATCH_ROWS, registries } from './registries.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const LOT = { numeroLot: 'LOT-2026-001', dateExtraction: '2026-11-20', menages: 130, personnes: 1003 };
const MEMBER = { referenceMenage: 'SN-04120199-7', numeroOrdre: '01', nomComplet: 'Awa Coumba NDIAYE' };
const PAGE = { membres: [MEMBER], suivant: 'abc' };

const lots = (change: Record<string, unknown>): ScriptedReply => service(200, { lots: [LOT, { ...LOT, ...change }] });
const page = (change: Record<string, unknown>): ScriptedReply => service(200, { ...PAGE, ...change });
const member = (change: Record<string, unknown>): ScriptedReply =>
  page({ membres: [MEMBER, { ...MEMBER, ...change }] });

const adapter = (exchange: ExchangeClient, pageSize?: number): SocialRegistry =>
  createRnuAdapter({ exchange, service: RNU_SERVICE, ...(pageSize === undefined ? {} : { pageSize }) });

describePartnerContract('RNU', {
  protocol: 'rest',
  destination: 'rnu',
  personalData: ['NDIAYE', 'Awa', 'Coumba', '1K05198700123'],
  operations: [
    {
      name: 'listBatches',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).listBatches(call),
      good: service(200, { lots: [LOT] }),
      refusals: {},
      unusable: {
        'no list': service(200, {}),
        'a list of texts': service(200, { lots: ['LOT-2026-001'] }),
        'no number': lots({ numeroLot: ' ' }),
        'a count in text': lots({ menages: '130' }),
        'a negative count': lots({ personnes: -1 }),
        'half a person': lots({ personnes: 0.5 }),
        'a day that does not exist': lots({ dateExtraction: '2026-02-30' }),
      },
    },
    {
      name: 'fetchPage',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).fetchPage('LOT-2026-001', 'curseur', call),
      good: service(200, PAGE),
      refusals: {
        'batch-unknown': problem(404, 'LOT_INCONNU'),
        'cursor-invalid': problem(400, 'CURSEUR_INVALIDE'),
      },
      unusable: {
        'no list': page({ membres: undefined }),
        'a member that is a list': page({ membres: [[]] }),
        'a number instead of text': member({ numeroOrdre: 1 }),
        'an object instead of text': member({ nomComplet: {} }),
        'text no database can hold': member({ nomComplet: 'Awa\0NDIAYE' }),
        'a name no field has': member({ 'nom complet': 'Awa' }),
        'a blank cursor': page({ suivant: '' }),
        'a cursor that is a number': page({ suivant: 2 }),
        'a page that follows itself': page({ suivant: 'curseur' }),
      },
    },
  ],
});

describe('RNU against its sandbox', () => {
  let sandbox: Sandbox;
  let exchange: ExchangeClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries, seed: 1 });
    exchange = exchangeWith(sandbox.url);
  });
  afterAll(async () => {
    await exchange.close();
    await sandbox.stop();
  });

  it('lists the batches that are ready', async () => {
    expect(await adapter(exchange).listBatches(attempt())).toMatchObject({
      kind: 'answer',
      value: [
        { batchNumber: 'LOT 2026/001', extractedOn: '2026-11-20', households: 1, people: 5 },
        { batchNumber: 'LOT-2026-002', extractedOn: '2026-11-21', households: 0, people: 0 },
      ],
    });
  });

  it('reads a batch page by page, every record once, the same page for the same cursor', async () => {
    const rnu = adapter(exchange, 2);
    const records: unknown[] = [];
    let cursor: string | null = null;
    do {
      const result = await rnu.fetchPage('LOT 2026/001', cursor, attempt());
      const again = await rnu.fetchPage('LOT 2026/001', cursor, attempt());
      if (result.kind !== 'answer' || again.kind !== 'answer') throw new Error(result.kind);
      expect(again.value).toEqual(result.value);
      expect(result.value.records.length).toBeLessThanOrEqual(2);
      records.push(...result.value.records);
      cursor = result.value.next;
    } while (cursor !== null);
    expect(records).toEqual(BATCH_ROWS.map(({ telephone: _, ...given }) => given));
  });

  it('reads an empty batch', async () => {
    expect(await adapter(exchange).fetchPage('LOT-2026-002', null, attempt())).toMatchObject({
      value: { records: [], next: null },
    });
  });

  it('is refused an unknown batch and an invented cursor', async () => {
    const rnu = adapter(exchange);
    expect(await rnu.fetchPage('LOT-X', null, attempt())).toMatchObject({ kind: 'refusal', code: 'batch-unknown' });
    expect(await rnu.fetchPage('LOT-2026-002', 'é&x=1', attempt())).toMatchObject({
      kind: 'refusal',
      code: 'cursor-invalid',
    });
  });
});

describe('RNU on the wire', () => {
  let server: ScriptedServer;
  let exchange: ExchangeClient;
  beforeAll(async () => {
    server = await startScriptedServer();
    exchange = exchangeWith(server.url);
  });
  afterAll(async () => {
    await exchange.close();
    await server.stop();
  });

  it('asks for 500 members, and for the page after a cursor', async () => {
    server.answerWith(service(200, PAGE));
    await adapter(exchange).fetchPage('LOT 2026/001', null, attempt());
    await adapter(exchange).fetchPage('LOT 2026/001', 'a+b&c', attempt());
    const path = '/r1/SN/GOV/DGPSN/rnu/menages/v1/lots/LOT%202026%2F001/membres';
    expect(server.received.map(({ method, target }) => [method, target])).toEqual([
      ['GET', `${path}?limite=500`],
      ['GET', `${path}?limite=500&apres=a%2Bb%26c`],
    ]);
  });

  it('keeps the text of a member as it is, and leaves out what is absent', async () => {
    const record = {
      nomComplet: '  Awa  NDIAYE ',
      numeroOrdre: '007',
      telephone: null,
      cmSurnom: '',
      champNouveau: 'x',
    };
    server.answerWith(service(200, { membres: [record, {}] }));
    expect(await adapter(exchange).fetchPage('LOT-2026-001', null, attempt())).toMatchObject({
      value: {
        records: [{ nomComplet: '  Awa  NDIAYE ', numeroOrdre: '007', champNouveau: 'x' }, {}],
        next: null,
      },
    });
  });

  it('gives up a page when told to, without knowing more', async () => {
    server.answerWith(service(200, PAGE));
    const call = { ...attempt(), signal: AbortSignal.abort() };
    expect(await adapter(exchange).fetchPage('LOT-2026-001', null, call)).toMatchObject({
      kind: 'not-processed',
      failure: 'transient',
    });
    expect(server.received).toEqual([]);
  });

  it('makes no false answer of a damaged list', async () => {
    const members = { numeroLot: allow.text, dateExtraction: allow.day, menages: allow.count, personnes: allow.count };
    await expectOnlySoundAnswers(LOT, members, async (lot) => {
      server.answerWith(service(200, { lots: [lot] }));
      return (await adapter(exchange).listBatches(attempt())).kind;
    });
  });

  it('makes no false answer of a damaged member', async () => {
    const members = { numeroOrdre: allow.optional(allow.text), nomComplet: allow.optional(allow.text) };
    await expectOnlySoundAnswers(MEMBER, members, async (damaged) => {
      server.answerWith(service(200, { membres: [MEMBER, damaged], suivant: null }));
      return (await adapter(exchange).fetchPage('LOT-2026-001', null, attempt())).kind;
    });
  });
});
