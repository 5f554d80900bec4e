import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCniAdapter } from '../../adapters/cni/create-cni-adapter.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { partialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { CallResult } from '../../src/domain/partner-call.ts';
import type { IdCardRecord, NationalIdRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { describePartnerContract, problem, service } from './contract.ts';
import * as allow from './damaged-json.ts';
import { expectOnlySoundAnswers } from './damaged-json.ts';
import { attempt, CNI_SERVICE, exchangeWith } from './exchange.ts';
import { AWA, MODOU, registries } from './registries.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const CARD = {
  numeroCni: AWA.nin,
  nom: 'NDIAYE',
  prenoms: ['Awa', 'Coumba'],
  sexe: 'F',
  dateNaissance: '1987-03-14',
  lieuNaissance: 'PODOR',
  dateExpiration: '2027-05-01',
  statut: 'VALIDE',
};

const card = (change: Record<string, unknown>): ScriptedReply => service(200, { ...CARD, ...change });

const adapter = (exchange: ExchangeClient): NationalIdRegistry => createCniAdapter({ exchange, service: CNI_SERVICE });

describePartnerContract('CNI', {
  protocol: 'rest',
  destination: 'cni',
  personalData: [AWA.nin, 'NDIAYE', 'Awa', 'Coumba', '1987-03-14', 'PODOR'],
  operations: [
    {
      name: 'findByNationalId',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).findByNationalId(AWA.nin, call),
      good: service(200, CARD),
      refusals: {},
      unusable: {
        'another person’s card': card({ numeroCni: MODOU.nin }),
        'a number that is a number': card({ numeroCni: 1751198700123 }),
        'no family name': card({ nom: null }),
        'no given name': card({ prenoms: [] }),
        'given names in one text': card({ prenoms: 'Awa Coumba' }),
        'a status nobody knows': card({ statut: 'PERDUE' }),
        'no status': card({ statut: undefined }),
        'a status that is a property of every object': card({ statut: 'constructor' }),
        'a French date': card({ dateNaissance: '14/03/1987' }),
        'a year of expiry': card({ dateExpiration: '2027' }),
        'a list instead of an object': service(200, [CARD]),
        'a problem that calls itself a success': service(200, { code: 'CNI_INCONNUE', status: 404 }),
      },
    },
  ],
});

describe('CNI against its sandbox', () => {
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

  const found = (nin: string): Promise<CallResult<IdCardRecord | null>> =>
    adapter(exchange).findByNationalId(nin, attempt());

  it('reads a holder', async () => {
    expect(await found(AWA.nin)).toMatchObject({
      kind: 'answer',
      value: {
        nationalId: AWA.nin,
        familyName: 'NDIAYE',
        givenNames: 'Awa Coumba',
        sex: 'F',
        birth: partialDate(1987, 3, 14),
        birthPlace: 'PODOR',
        cardExpiry: '2027-05-01',
        deceased: false,
      },
    });
  });

  it('reads a death, a year alone and what the file does not know', async () => {
    expect(await found(MODOU.nin)).toMatchObject({
      value: { sex: null, birth: partialDate(1950), birthPlace: null, cardExpiry: null, deceased: true },
    });
  });

  it('answers null for a number that is not in the file', async () => {
    expect(await found('1999999999999')).toMatchObject({ kind: 'answer', value: null });
  });

  it('answers the same where codes are spelled the new way', async () => {
    const newer = await startSandbox({ registries, seed: 1, versionMode: 'snake' });
    const client = exchangeWith(newer.url);
    const stranger = createCniAdapter({ exchange: client, service: { ...CNI_SERVICE, serviceCode: 'autre' } });
    expect(await stranger.findByNationalId(AWA.nin, attempt())).toMatchObject({
      kind: 'not-processed',
      failure: 'route',
    });
    expect(await adapter(client).findByNationalId('1999999999999', attempt())).toMatchObject({ value: null });
    await client.close();
    await newer.stop();
  });
});

describe('CNI on the wire', () => {
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

  const answered = (reply: ScriptedReply): Promise<CallResult<IdCardRecord | null>> => {
    server.answerWith(reply);
    return adapter(exchange).findByNationalId(AWA.nin, attempt());
  };

  it('asks with the number in the body', async () => {
    await answered(service(200, CARD));
    const [request] = server.received;
    expect([request!.method, request!.target]).toEqual(['POST', '/r1/SN/GOV/DAF/cni/identite/v1/titulaires/recherche']);
    expect(JSON.parse(request!.body)).toEqual({ numeroCni: AWA.nin });
  });

  it('takes absent members for unknown ones, and keeps the year of an impossible day', async () => {
    const bare = { sexe: undefined, lieuNaissance: undefined, dateExpiration: undefined, dateNaissance: null };
    expect(await answered(card(bare))).toMatchObject({
      value: { sex: null, birth: UNKNOWN_DATE, birthPlace: null, cardExpiry: null },
    });
    expect(await answered(card({ dateNaissance: '1987-02-30' }))).toMatchObject({
      value: { birth: partialDate(1987, 2) },
    });
  });

  it.each([
    ['a 404 of another origin', problem(404, 'RESSOURCE_INCONNUE'), { kind: 'not-processed', failure: 'route' }],
    ['a 404 that is a page', service(404, '<html/>'), { kind: 'not-processed', failure: 'route' }],
    ['the code with another status', problem(409, 'CNI_INCONNUE'), { kind: 'unknown', code: 'service-status-409' }],
    ['somebody else’s card', card({ numeroCni: MODOU.nin }), { kind: 'unknown', code: 'ANSWER_MISMATCH' }],
    ['a broken card', card({ nom: 7 }), { kind: 'unknown', code: 'PAYLOAD_INVALID' }],
  ])('never takes %s for an unknown number', async (_, reply, expected) => {
    expect(await answered(reply)).toMatchObject(expected);
  });

  it('makes no false answer of a damaged one', async () => {
    const members = {
      numeroCni: allow.oneOf(AWA.nin),
      nom: allow.text,
      prenoms: (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(allow.text),
      sexe: allow.optional(allow.oneOf('M', 'F')),
      dateNaissance: allow.optional(allow.partialDate),
      lieuNaissance: allow.optional(allow.text),
      dateExpiration: allow.optional(allow.day),
      statut: allow.oneOf('VALIDE', 'EXPIREE', 'DECEDE'),
      inconnu: () => true,
    };
    await expectOnlySoundAnswers(CARD, members, async (body) => (await answered(service(200, body))).kind);
  });
});
