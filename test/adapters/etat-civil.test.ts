import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createEtatCivilAdapter } from '../../adapters/etat-civil/create-etat-civil-adapter.ts';
import type { Fault } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { aboutYear, partialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { CallResult } from '../../src/domain/partner-call.ts';
import type { BirthRecord, BirthRecordQuery, CivilRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { describePartnerContract } from './contract.ts';
import { attempt, ETAT_CIVIL_SERVICE, exchangeWith } from './exchange.ts';
import { AWA, registries } from './registries.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const ACT = {
  centre: 'PODOR',
  anneeRegistre: '1987',
  numeroRegistre: '0456',
  nom: 'NDIAYE',
  prenoms: 'Awa Coumba',
  sexe: 'F',
  dateNaissance: '1987-03-14',
  lieuNaissance: 'PODOR',
  prenomPere: 'Moussa',
  prenomsMere: 'Fatou',
  nomMere: 'SOW',
  nin: AWA.nin,
  typeActe: 'NORMALE',
  mentionDeces: 'false',
};

const BY_NAME = {
  by: 'identity',
  fullName: AWA.fullName,
  sex: 'F',
  birth: partialDate(1987, 3),
  motherName: 'Fatou SOW',
} as const satisfies BirthRecordQuery;

const adapter = (exchange: ExchangeClient): CivilRegistry =>
  createEtatCivilAdapter({ exchange, service: ETAT_CIVIL_SERVICE });

const byNumber = (extractNumber: string): BirthRecordQuery => ({ by: 'extract-number', extractNumber });

const response = (xml: string): ScriptedReply => ({ kind: 'soap', response: xml });

function act(change: Readonly<Record<string, string | null>> = {}): string {
  const fields = Object.entries<string | null>({ ...ACT, ...change });
  return `<acte>${fields.map(([name, text]) => (text === null ? '' : `<${name}>${text}</${name}>`)).join('')}</acte>`;
}

function businessFault(code: string): string {
  return `<faultCode>${code}</faultCode><faultString>Awa Coumba NDIAYE</faultString>`;
}

describePartnerContract('état civil', {
  protocol: 'soap',
  destination: 'etat-civil',
  personalData: [AWA.nin, 'NDIAYE', 'Awa', 'Coumba', 'Fatou', '1987-03', '0456'],
  operations: [
    {
      name: 'findBirthRecords',
      kind: 'read',
      invoke: (exchange, call) => adapter(exchange).findBirthRecords(BY_NAME, call),
      good: response(act()),
      refusals: { 'too-many-candidates': response(businessFault('EC-413')) },
      unusable: {
        'a technical fault of the registry': { kind: 'soap-fault', code: 'soap:Server', detailCode: 'EC-500' },
        'a fault with a code for people': { kind: 'soap-fault', code: 'Awa.NDIAYE', detailCode: 'NDIAYE' },
        'an error nobody knows': response(businessFault('NDIAYE')),
        'an empty error code': response(businessFault('')),
        'an error and an act': response(businessFault('EC-404') + act()),
        'two errors': response(businessFault('EC-404') + businessFault('EC-413')),
        'an empty response': response(''),
        'no response': { kind: 'soap', response: '', wrapper: '' },
        'two responses': { kind: 'soap', response: '', wrapper: '<response/><response/>' },
        'more acts than promised': response(act().repeat(21)),
        'an act without its number': response(act({ numeroRegistre: '' })),
        'an act without a name': response(act({ nom: null })),
        'no word on death': response(act({ mentionDeces: null })),
        'another word on death': response(act({ mentionDeces: 'oui' })),
        'another word for the sex': response(act({ sexe: 'feminin' })),
        'a French date': response(act({ dateNaissance: '14/03/1987' })),
        'an act of another kind': response(act({ typeActe: 'ADOPTION' })),
        'elements where text should be': response(act({ nom: '<particule>DE</particule>' })),
        'a name twice': response(act({ nom: 'NDIAYE</nom><nom>FALL' })),
        'one bad act among good ones': response(act() + act({ prenoms: ' ' })),
      },
    },
  ],
});

describe('état civil against its sandbox', () => {
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

  const found = (query: BirthRecordQuery): Promise<CallResult<readonly BirthRecord[]>> =>
    adapter(exchange).findBirthRecords(query, attempt());

  it('reads an act found by its number', async () => {
    expect(await found(byNumber('1987-0456'))).toMatchObject({
      kind: 'answer',
      value: [
        {
          recordKey: 'PODOR-1987-0456',
          familyName: 'NDIAYE',
          givenNames: 'Awa Coumba',
          sex: 'F',
          birth: partialDate(1987, 3, 14),
          birthPlace: 'PODOR & environs',
          fatherGivenNames: 'Moussa',
          motherGivenNames: 'Fatou',
          motherFamilyName: 'SOW',
          nationalId: AWA.nin,
          deceased: false,
        },
      ],
    });
  });

  it('reads a sparse act and its mark of death', async () => {
    const nothing = { birthPlace: null, fatherGivenNames: null, motherGivenNames: null, nationalId: null, sex: null };
    expect(await found(byNumber('2019-0007'))).toMatchObject({
      value: [{ ...nothing, familyName: 'BÂ', givenNames: 'Hélène', birth: partialDate(2019, 2), deceased: true }],
    });
  });

  it('finds by what is known of the person', async () => {
    expect(await found(BY_NAME)).toMatchObject({ value: [{ recordKey: 'PODOR-1987-0456' }] });
    const barely: BirthRecordQuery = {
      by: 'identity',
      fullName: 'Hélène BÂ',
      sex: null,
      birth: UNKNOWN_DATE,
      motherName: null,
    };
    expect(await found(barely)).toMatchObject({ value: [{ recordKey: 'PODOR-2019-0007' }] });
  });

  it('answers nobody where nothing is found, and no more than 20', async () => {
    expect(await found(byNumber('0000-0000'))).toMatchObject({ kind: 'answer', value: [] });
    expect(await found(byNumber('1990-0001'))).toMatchObject({ kind: 'refusal', code: 'too-many-candidates' });
  });

  it.each<[string, Fault, object]>([
    ['a technical fault', { kind: 'service-status', status: 500 }, { kind: 'unknown', code: 'EC-500' }],
    ['another operation’s answer', { kind: 'oddity', oddity: 'wrong-wrapper' }, { kind: 'unknown' }],
    ['text in CDATA', { kind: 'oddity', oddity: 'cdata' }, { kind: 'answer', value: [{ familyName: 'BÂ' }] }],
    ['ISO-8859-1', { kind: 'oddity', oddity: 'iso-8859-1' }, { kind: 'answer', value: [{ familyName: 'BÂ' }] }],
    ['a multipart', { kind: 'oddity', oddity: 'multipart' }, { kind: 'answer', value: [{ familyName: 'BÂ' }] }],
    ['a fault in a multipart', { kind: 'oddity', oddity: 'fault-in-multipart' }, { kind: 'unknown', code: 'EC-500' }],
  ])('understands %s', async (_, fault, expected) => {
    const odd = await startSandbox({
      registries,
      seed: 1,
      faults: [{ service: 'etat-civil', rate: 1, when: 'after', fault }],
    });
    const client = exchangeWith(odd.url);
    expect(await adapter(client).findBirthRecords(byNumber('2019-0007'), attempt())).toMatchObject(expected);
    await client.close();
    await odd.stop();
  });
});

describe('état civil on the wire', () => {
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

  const answered = (
    reply: ScriptedReply,
    query: BirthRecordQuery = BY_NAME,
  ): Promise<CallResult<readonly BirthRecord[]>> => {
    server.answerWith(reply);
    return adapter(exchange).findBirthRecords(query, attempt());
  };
  const asked = async (query: BirthRecordQuery): Promise<string> => {
    await answered(response(act()), query);
    return /<request\/?>.*<\/request>|<request\/>/s.exec(server.received[0]!.body)![0];
  };

  it('asks in the namespace of the registry, with an unqualified request', async () => {
    await answered(response(act()), byNumber('12 & 3'));
    const { body } = server.received[0]!;
    const prefix = /xmlns:(\w+)="http:\/\/etatcivil\.xroad\.sn\/actes"/.exec(body)![1]!;
    expect(body).toContain(
      `<${prefix}:verifierNaissance><request><numeroExtrait>12 &amp; 3</numeroExtrait></request></${prefix}:verifierNaissance>`,
    );
  });

  it('leaves out what is not known, and a year that is only about right', async () => {
    expect(await asked(BY_NAME)).toBe(
      '<request><nomComplet>Awa Coumba NDIAYE</nomComplet><sexe>F</sexe><dateNaissance>1987-03</dateNaissance>' +
        '<nomMere>Fatou SOW</nomMere></request>',
    );
    const nameAlone = '<request><nomComplet>Awa Coumba NDIAYE</nomComplet></request>';
    for (const birth of [UNKNOWN_DATE, aboutYear(1962)]) {
      expect(await asked({ ...BY_NAME, sex: null, birth, motherName: null })).toBe(nameAlone);
    }
  });

  it('cannot send what XML has no form for, and says so before anything leaves', async () => {
    expect(await answered(response(act()), byNumber('12\u00013'))).toMatchObject({
      kind: 'not-processed',
      failure: 'message',
    });
    expect(server.received).toEqual([]);
  });

  it('reads text laid out on lines of its own', async () => {
    expect(await answered(response(act({ nom: '\n    NDIAYE\n  ', nin: '' })))).toMatchObject({
      value: [{ familyName: 'NDIAYE', nationalId: null }],
    });
  });

  it('makes no false answer of a damaged act', async () => {
    const isDate = (text: string | null): boolean => text === null || /^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(text.trim());
    const present = (text: string | null): boolean => text !== null && text.trim() !== '';
    const oneOf =
      (...words: readonly string[]) =>
      (text: string | null): boolean =>
        words.includes(text?.trim() ?? '');
    const sound: Record<string, (text: string | null) => boolean> = {
      centre: present,
      anneeRegistre: present,
      numeroRegistre: present,
      nom: present,
      prenoms: present,
      sexe: oneOf('M', 'F', ''),
      dateNaissance: isDate,
      nin: () => true,
      typeActe: oneOf('NORMALE', 'DECLARATION_TARDIVE', 'JUGEMENT', ''),
      mentionDeces: oneOf('true', 'false'),
    };
    const texts = fc.constantFrom(
      null,
      '',
      ' ',
      'M',
      'x',
      'true',
      'false',
      'TRUE',
      '1987',
      '1987-03-14',
      '87',
      'JUGEMENT',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(sound)), texts, async (member, text) => {
        const result = await answered(response(act({ [member]: text })));
        expect([member, text, result.kind]).toEqual([member, text, sound[member]!(text) ? 'answer' : 'unknown']);
      }),
      { numRuns: 300 },
    );
  });
});
