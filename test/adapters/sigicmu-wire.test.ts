import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createSigicmuAdapter, type SigicmuAdapterOptions } from '../../adapters/sigicmu/create-sigicmu-adapter.ts';
import { aboutYear, partialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { CallResult } from '../../src/domain/partner-call.ts';
import type { CoverQuery, Insurer, Registration, RegistrationRequest } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { describePartnerContract, problem, service } from './contract.ts';
import * as allow from './damaged-json.ts';
import { expectOnlySoundAnswers } from './damaged-json.ts';
import { attempt, exchangeWith, SIGICMU_SERVICE } from './exchange.ts';
import { COVER, REGISTERED, REQUEST } from './registration.ts';
import { AWA } from './registries.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const QUERY: CoverQuery = {
  personRef: AWA.personRef,
  nationalId: AWA.nin,
  fullName: AWA.fullName,
  sex: 'F',
  birth: partialDate(1987, 3, 14),
};

function adapter(exchange: ExchangeClient, options: Partial<SigicmuAdapterOptions> = {}): Insurer {
  return createSigicmuAdapter({ exchange, service: SIGICMU_SERVICE, ...options });
}

const registered = (change: Record<string, unknown>): ScriptedReply => service(201, { ...REGISTERED, ...change });
const covers = (change: Record<string, unknown>): ScriptedReply =>
  service(200, { beneficiaires: [COVER, { ...COVER, ...change }] });
const listed = (change: Record<string, unknown>): ScriptedReply =>
  service(200, { adhesions: [REGISTERED], suivant: null, ...change });

const BROKEN_REGISTRATIONS = {
  'no code': registered({ codeImmatriculation: '' }),
  'an operation nobody knows': registered({ operation: 'SUPPRESSION' }),
  'an operation that is a property of every object': registered({ operation: 'constructor' }),
  'an amount in text': registered({ montantCotisation: '0' }),
  'an amount with centimes': registered({ montantSubvention: 7000.5 }),
  'an amount beyond whole numbers': registered({ montantSubvention: 2 ** 53 }),
  'no amount': registered({ montantCotisation: null }),
  'a month of cover': registered({ dateFinc: '2027-11' }),
  'a day that does not exist': registered({ dateDebutc: '2026-02-30' }),
  'another reference': registered({ reference: 'PNBSF-2026:SN-04120199-7/2' }),
};

describePartnerContract('SIGICMU', {
  protocol: 'rest',
  destination: 'sigicmu',
  personalData: [AWA.nin, 'NDIAYE', 'Awa', 'Coumba', '1987-03-14', '771234567'],
  operations: [
    {
      name: 'findCover',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).findCover(QUERY, call),
      good: service(200, { beneficiaires: [COVER] }),
      refusals: {},
      unusable: {
        'no list': service(200, { beneficiaires: null }),
        'no end of cover': covers({ dateFinc: undefined }),
        'a state nobody knows': covers({ etat: 'RADIEE' }),
        'another word for the sex': covers({ sexe: 'Féminin' }),
        'a number that is a number': covers({ numeroPiece: 1751197000001 }),
        'a French date': covers({ dateNaissance: '14/03/1987' }),
        'no scheme': covers({ regime: null }),
        'more covers than promised': service(200, { beneficiaires: Array.from({ length: 21 }, () => COVER) }),
      },
    },
    {
      name: 'register',
      kind: 'write',
      invoke: (exchange, call) => adapter(exchange).register(REQUEST, call),
      good: registered({}),
      refusals: {
        'already-registered': problem(409, 'DEJA_ADHERENT'),
        rejected: problem(422, 'DEMANDE_INVALIDE'),
        'holder-unknown': problem(404, 'TITULAIRE_INCONNU'),
        'cover-unknown': problem(404, 'ADHESION_INCONNUE'),
      },
      unusable: {
        ...BROKEN_REGISTRATIONS,
        'another person': registered({ referencePersonne: 'SN-04120199-7/2' }),
        'a request that is still running': problem(409, 'DEMANDE_EN_COURS'),
        'a key with another content': problem(422, 'CLE_REUTILISEE'),
        'a conflict nobody knows': problem(409, 'AUTRE'),
      },
    },
    {
      name: 'findRegistration',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).findRegistration(REQUEST.businessKey, call),
      good: service(200, REGISTERED),
      refusals: {},
      unusable: BROKEN_REGISTRATIONS,
    },
    {
      name: 'listRegistrations',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).listRegistrations('PNBSF-2026', 'curseur', call),
      good: listed({}),
      refusals: { 'cursor-invalid': problem(400, 'CURSEUR_INVALIDE') },
      unusable: {
        'no list': listed({ adhesions: {} }),
        'one bad registration among good ones': listed({ adhesions: [REGISTERED, { ...REGISTERED, operation: null }] }),
        'a blank cursor': listed({ suivant: ' ' }),
        'a page that follows itself': listed({ suivant: 'curseur' }),
      },
    },
  ],
});

describe('SIGICMU on the wire', () => {
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

  const registering = (
    reply: ScriptedReply,
    change: Partial<RegistrationRequest> = {},
    options: Partial<SigicmuAdapterOptions> = {},
  ): Promise<CallResult<Registration>> => {
    server.answerWith(reply);
    return adapter(exchange, options).register({ ...REQUEST, ...change }, attempt());
  };
  const sent = (): Record<string, unknown> => JSON.parse(server.received[0]!.body) as Record<string, unknown>;
  const sentKey = (): unknown => server.received[0]!.headers['idempotency-key'];

  it('sends a registration as the contract writes it', async () => {
    await registering(registered({}));
    expect([server.received[0]!.method, server.received[0]!.target, sentKey()]).toEqual([
      'POST',
      '/r1/SN/GOV/ANACMU/sigicmu/adhesions/v1/adhesions',
      `"${REQUEST.businessKey}"`,
    ]);
    expect(sent()).toEqual({
      reference: 'PNBSF-2026:SN-04120199-7/1',
      campagne: 'PNBSF-2026',
      referencePersonne: 'SN-04120199-7/1',
      numRNU: 'SN-04120199-7',
      nom: 'NDIAYE',
      prenom: 'Awa Coumba',
      sexe: 'F',
      dateNaissance: '1987-03-14',
      typePiece: 'CNI',
      numeroPiece: AWA.nin,
      adresse: null,
      telephone: '771234567',
      region: 'SAINT-LOUIS',
      departement: 'PODOR',
      commune: 'GUEDE VILLAGE',
      assureur: 'UDAM-PODOR',
      typeBeneficiaire: 'BSF',
      relation: 'Lui-même',
      autreRelation: null,
      titulaire: null,
      renouvelle: null,
      dateDebutc: '2026-11-21',
      dateFinc: '2027-11-20',
      montantCotisation: 0,
      montantSubvention: 7000,
    });
  });

  it('sends the same bytes for every attempt, or a replayed key would be another content', async () => {
    server.answerWith(registered({}));
    await adapter(exchange).register(REQUEST, attempt());
    await adapter(exchange).register(structuredClone(REQUEST), attempt());
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1);
  });

  it.each<[string, Partial<RegistrationRequest>, [string | null, string | null]]>([
    ['the card first', {}, ['CNI', AWA.nin]],
    ['or the birth record', { nationalId: null }, ['Extrait de naissance', 'PODOR-1987-0456']],
    ['or no paper', { nationalId: null, birthRecordKey: null }, [null, null]],
  ])('shows %s', async (_, change, papers) => {
    await registering(registered({}), change);
    expect([sent()['typePiece'], sent()['numeroPiece']]).toEqual(papers);
  });

  it.each([
    [partialDate(1987), '1987'],
    [partialDate(1987, 3), '1987-03'],
    [aboutYear(1962), '1962'],
    [UNKNOWN_DATE, null],
  ])('writes a birth date as far as it is known: %#', async (birth, text) => {
    await registering(registered({}), { birth });
    expect(sent()['dateNaissance']).toBe(text);
  });

  it('does not search by a year that is only about right', async () => {
    for (const [birth, text] of [
      [aboutYear(1962), null],
      [partialDate(1962), '1962'],
    ] as const) {
      server.answerWith(service(200, { beneficiaires: [] }));
      await adapter(exchange).findCover({ ...QUERY, birth }, attempt());
      expect(sent()['dateNaissance']).toBe(text);
    }
  });

  it('quotes the key, and sends none where it is not understood', async () => {
    const businessKey = 'PNBSF-2026:A"B\\C/1';
    await registering(registered({ reference: businessKey }), { businessKey });
    expect(sentKey()).toBe(String.raw`"PNBSF-2026:A\"B\\C/1"`);
    const offered = { idempotencyKey: false, searchByReference: true, searchByIdentity: false };
    const capabilitiesOf = (insurer: string): typeof offered => ({
      ...offered,
      idempotencyKey: insurer !== REQUEST.insurer,
    });
    await registering(registered({}), {}, { capabilitiesOf });
    expect(sentKey()).toBeUndefined();
  });

  it('sends nothing under a key that no header can hold', async () => {
    expect(await registering(registered({}), { businessKey: 'PNBSF-2026:MÉNAGE/1' })).toMatchObject({
      kind: 'not-processed',
      failure: 'message',
    });
    expect(server.received).toEqual([]);
  });

  it('says what it is for, when told otherwise', async () => {
    await registering(registered({}), {}, { beneficiaryType: 'CEC' });
    expect(sent()['typeBeneficiaire']).toBe('CEC');
  });

  it.each([
    ['another reference', { reference: 'PNBSF-2026:X/1' }],
    ['another person', { referencePersonne: 'X/1' }],
  ])('does not take a registration of %s for the one it asked for', async (_, change) => {
    expect(await registering(registered(change))).toMatchObject({ kind: 'unknown', code: 'ANSWER_MISMATCH' });
  });

  it('reports an amount that should be 0 as it is', async () => {
    expect(await registering(registered({ montantCotisation: 3500 }))).toMatchObject({ value: { amountPaid: 3500 } });
  });

  it('asks for 1 000 registrations a page', async () => {
    server.answerWith(listed({}));
    await adapter(exchange).listRegistrations('PNBSF 2026&', 'a+b', attempt());
    expect(server.received[0]!.target).toBe(
      '/r1/SN/GOV/ANACMU/sigicmu/adhesions/v1/adhesions?campagne=PNBSF+2026%26&limite=1000&apres=a%2Bb',
    );
  });

  it('takes nothing but DEMANDE_INCONNUE for an absence', async () => {
    const kinds: unknown[] = [];
    for (const code of ['DEMANDE_INCONNUE', 'RESSOURCE_INCONNUE', 'TITULAIRE_INCONNU', '']) {
      server.answerWith(problem(404, code));
      kinds.push((await adapter(exchange).findRegistration(REQUEST.businessKey, attempt())).kind);
    }
    expect(kinds).toEqual(['answer', 'not-processed', 'not-processed', 'not-processed']);
  });

  it('never ends a registration as done on anything but its own complete answer', async () => {
    const members = {
      reference: allow.oneOf(REQUEST.businessKey),
      referencePersonne: allow.oneOf(REQUEST.personRef),
      codeImmatriculation: allow.text,
      operation: allow.oneOf('ADHESION', 'RENOUVELLEMENT'),
      montantCotisation: allow.integer,
      montantSubvention: allow.integer,
      dateDebutc: allow.day,
      dateFinc: allow.day,
    };
    await expectOnlySoundAnswers(REGISTERED, members, async (body) => (await registering(service(201, body))).kind);
  });

  it('never calls a registration refused on anything but a refusal of the contract', async () => {
    const known = ['DEJA_ADHERENT', 'DEMANDE_INVALIDE', 'TITULAIRE_INCONNU', 'ADHESION_INCONNUE'];
    const codes = fc.oneof(fc.constantFrom(...known, 'constructor', ' DEJA_ADHERENT', 'deja_adherent'), fc.string());
    const right = new Set(known.map((code, index) => `${[409, 422, 404, 404][index]} ${code}`));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(400, 404, 409, 412, 422, 500, 503), codes, async (status, code) => {
        const result = await registering(problem(status, code));
        expect([status, code, result.kind === 'refusal']).toEqual([status, code, right.has(`${status} ${code}`)]);
      }),
      { numRuns: 200 },
    );
  });

  it('makes no false answer of a damaged cover', async () => {
    const members = {
      codeImmatriculation: allow.text,
      regime: allow.text,
      nom: allow.text,
      prenom: allow.text,
      sexe: allow.optional(allow.oneOf('M', 'F')),
      dateNaissance: allow.optional(allow.partialDate),
      numeroPiece: allow.optional(allow.text),
      referencePersonne: allow.optional(allow.text),
      dateFinc: allow.day,
      etat: allow.oneOf('Active', 'SUSPENDRE', 'BLOQUER'),
    };
    await expectOnlySoundAnswers(COVER, members, async (cover) => {
      server.answerWith(service(200, { beneficiaires: [COVER, cover] }));
      return (await adapter(exchange).findCover(QUERY, attempt())).kind;
    });
  });
});
