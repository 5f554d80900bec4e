/** The example of docs/add-a-partner.md: it passes the suite it tells others to pass, and is what the page shows. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aboutYear, partialDate } from '../../src/domain/partial-date.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { describePartnerContract, problem, service } from './contract.ts';
import { attempt, exchangeWith } from './exchange.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { createNpiAdapter } from './worked-example/create-npi-adapter.ts';

const NPI_SERVICE = {
  instance: 'BJ',
  memberClass: 'GOV',
  memberCode: 'REGISTRE',
  subsystem: 'personnes',
  serviceCode: 'identite',
};

const PERSON = {
  npi: '1234567890',
  nom: 'DOSSOU',
  prenoms: 'Afi Reine',
  sexe: 'Féminin',
  naissance: '02/08/1991',
  commune: 'Natitingou',
  vivant: 'oui',
};

const found = (change: Record<string, unknown> = {}): ScriptedReply =>
  service(200, { trouve: 1, personnes: [{ ...PERSON, ...change }] });

describePartnerContract('NPI, the worked example', {
  protocol: 'rest',
  destination: 'npi',
  personalData: ['1234567890', 'DOSSOU', 'Afi', 'Natitingou'],
  operations: [
    {
      name: 'findByNationalId',
      kind: 'read',
      invoke: (exchange, call) =>
        createNpiAdapter({ exchange, service: NPI_SERVICE }).findByNationalId(PERSON.npi, call),
      good: found(),
      refusals: { 'quota-used-up': problem(429, 'QUOTA_DU_JOUR') },
      unusable: {
        'another person': found({ npi: '1234567891' }),
        'a date in another form': found({ naissance: 'le 2 août' }),
        'a word nobody knows': found({ vivant: 'peut-être' }),
        'a count that is not kept': service(200, { trouve: 1, personnes: [] }),
        'two people for one number': service(200, { trouve: 1, personnes: [PERSON, PERSON] }),
      },
    },
  ],
});

describe('NPI, the worked example', () => {
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

  it.each([
    [{}, { birth: partialDate(1991, 8, 2), deceased: false, cardExpiry: null }],
    [
      { naissance: 'vers 1950', vivant: 'non' },
      { birth: aboutYear(1950), deceased: true },
    ],
  ])('reads a person: %#', async (change, expected) => {
    server.answerWith(found(change));
    const result = await createNpiAdapter({ exchange, service: NPI_SERVICE }).findByNationalId(PERSON.npi, attempt());
    expect(result).toMatchObject({ kind: 'answer', value: { familyName: 'DOSSOU', sex: 'F', ...expected } });
  });

  it('answers null where the register knows nobody', async () => {
    server.answerWith(service(200, { trouve: 0, personnes: [] }));
    const result = await createNpiAdapter({ exchange, service: NPI_SERVICE }).findByNationalId(PERSON.npi, attempt());
    expect(result).toMatchObject({ kind: 'answer', value: null });
  });
});

describe('docs/add-a-partner.md', () => {
  const page = readFileSync('docs/add-a-partner.md', 'utf8');

  it.each(['create-npi-adapter.ts', 'find-by-npi.ts', 'read-person.ts'])('shows %s as it is', (file) => {
    const code = readFileSync(`test/adapters/worked-example/${file}`, 'utf8').replaceAll('../../../src/', '../../src/');
    const shown = new RegExp(`\`adapters/npi/${file}\`[^\`]*\`\`\`ts\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
    expect(shown).toBe(code);
  });
});
