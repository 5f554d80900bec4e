import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation } from '../../fixtures/population/population.ts';
import { startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';

type Json = Record<string, unknown>;

describe('a population behind the sandbox', () => {
  const population = generatePopulation({ people: 300, seed: 'servie', asOf: '2026-11-21' });
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;

  const call = async (path: string, body?: Json): Promise<Json> => {
    const answer = await fetch(`${sandbox.url}/r1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'X-Road-Client': 'SN/GOV/ANACMU/enrolement', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Json;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ registries: population.registries, seed: 'servie' });
  });
  afterAll(() => sandbox.stop());

  it('is served by the RNU line by line', async () => {
    const page = await call('SN/GOV/DGPSN/rnu/menages/v1/lots/LOT-2026-001/membres?limite=500');
    expect(page['membres']).toEqual(population.households.flatMap((household) => household.rows));
  });

  it('is known to DAF by the numbers the lines carry', async () => {
    const line = population.truth.findIndex((entry) => entry.documents.numberOnLine === 'own');
    const row = population.households.flatMap((household) => household.rows)[line];
    const numeroCni = row?.numeroCni.replaceAll(' ', '') ?? '';
    const holder = await call('SN/GOV/DAF/cni/identite/v1/titulaires/recherche', { numeroCni });
    expect(holder).toMatchObject({ numeroCni, nom: population.registries.idCards.get(numeroCni)?.familyName });
  });

  it('is covered in SIGICMU where the truth says so', async () => {
    const cover = population.registries.covers.find((one) => one.personReference !== null);
    const found = await call('SN/GOV/ANACMU/sigicmu/adhesions/v1/beneficiaires/recherche', {
      referencePersonne: cover?.personReference,
    });
    expect(found['beneficiaires']).toEqual([
      expect.objectContaining({ codeImmatriculation: cover?.registrationCode, dateFinc: cover?.coverEnd }),
    ]);
  });
});
