import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { AWA_NIN, registration, smallCountry } from './small-country.ts';
import { type Answer, CNI, register, rest, RNU, SIGICMU } from './wire.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
});
afterAll(() => sandbox.stop());

const problem = (answer: Answer): [number, string] => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json.status).toBe(answer.status);
  return [answer.status, answer.json.code];
};

describe('CNI', () => {
  const look = (body: unknown): Promise<Answer> => rest(sandbox.url, `${CNI}/v1/titulaires/recherche`, body);

  it('answers the holder of a number', async () => {
    expect((await look({ numeroCni: AWA_NIN })).json).toEqual({
      numeroCni: AWA_NIN,
      nom: 'NDIAYE',
      prenoms: ['Awa', 'Coumba'],
      sexe: 'F',
      dateNaissance: '1987-03-14',
      lieuNaissance: 'PODOR',
      dateExpiration: '2027-05-01',
      statut: 'VALIDE',
    });
  });

  it('says when it does not know a number, a path or a body', async () => {
    expect(problem(await look({ numeroCni: '1' }))).toEqual([404, 'CNI_INCONNUE']);
    expect(problem(await look([]))).toEqual([400, 'CORPS_INVALIDE']);
    expect(problem(await rest(sandbox.url, `${CNI}/v2/x`, {}))).toEqual([404, 'RESSOURCE_INCONNUE']);
  });
});

describe('RNU', () => {
  const page = (query: string): Promise<Answer> => rest(sandbox.url, `${RNU}/v1/lots/LOT-2026-001/membres${query}`);

  it('lists its batches', async () => {
    expect((await rest(sandbox.url, `${RNU}/v1/lots`)).json).toEqual({
      lots: [{ numeroLot: 'LOT-2026-001', dateExtraction: '2026-11-20', menages: 1, personnes: 7 }],
    });
  });

  it('serves everybody once, and the same page for the same cursor', async () => {
    const first = await page('?limite=3');
    const second = await page(`?limite=3&apres=${String(first.json.suivant)}`);
    const third = await page(`?limite=3&apres=${String(second.json.suivant)}`);
    expect(third.json.suivant).toBeNull();
    const numbers = [first, second, third].flatMap((answer) => answer.json.membres.map((row) => row.numeroOrdre));
    expect(numbers).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect((await page(`?limite=3&apres=${String(first.json.suivant)}`)).text).toBe(second.text);
  });

  it('refuses unknown batches and invented cursors', async () => {
    expect(problem(await rest(sandbox.url, `${RNU}/v1/lots/AUTRE/membres`))).toEqual([404, 'LOT_INCONNU']);
    for (const cursor of ['xyz', Buffer.from('3').toString('base64url'), ''])
      expect(problem(await page(`?apres=${cursor}`))).toEqual([400, 'CURSEUR_INVALIDE']);
  });
});

describe('SIGICMU covers', () => {
  const search = async (body: object): Promise<string[]> => {
    const answer = await rest(sandbox.url, `${SIGICMU}/v1/beneficiaires/recherche`, body);
    return answer.json.beneficiaires.map((each) => each.codeImmatriculation);
  };

  it('finds by reference, by number, and by name with a compatible date', async () => {
    expect(await search({ referencePersonne: 'SN-04120199-9/1' })).toEqual(['A0001B0001']);
    expect(await search({ numeroCni: '2751199000007' })).toEqual(['C0001D0001']);
    expect(await search({ nomComplet: 'ba Helene', dateNaissance: '1990-06' })).toEqual(['C0001D0001']);
    expect(await search({ nomComplet: 'ba Helene', dateNaissance: '1991' })).toEqual([]);
    expect(await search({ referencePersonne: 'x', numeroCni: null, nomComplet: '' })).toEqual([]);
  });

  it('shows no more than 20', async () => {
    const covers = Array.from({ length: 25 }, (_, index) => ({
      ...smallCountry.covers[0]!,
      registrationCode: `H${String(index).padStart(4, '0')}H0000`,
      personReference: `SN-H/${index}`,
    }));
    const crowded = await startSandbox({ registries: { ...smallCountry, covers }, seed: 1 });
    const query = {
      nomComplet: 'Moussa SOW',
      dateNaissance: '1970-01',
      referencePersonne: 'SN-H/24',
      numeroCni: '1751197000001',
    };
    const answer = await rest(crowded.url, `${SIGICMU}/v1/beneficiaires/recherche`, query);
    await crowded.stop();
    const codes = answer.json.beneficiaires.map((each) => each.codeImmatriculation);
    expect([codes.length, codes[0]]).toEqual([20, 'H0024H0000']);
  });

  it('shows a cover as the contract has it', async () => {
    const answer = await rest(sandbox.url, `${SIGICMU}/v1/beneficiaires/recherche`, { numeroCni: '2751199000007' });
    expect(answer.json.beneficiaires[0]).toEqual({
      codeImmatriculation: 'C0001D0001',
      regime: 'CONTRIBUTIF',
      nom: 'BA',
      prenom: 'Hélène',
      sexe: 'F',
      dateNaissance: '1990-06-02',
      numeroPiece: '2751199000007',
      referencePersonne: null,
      dateFinc: '2027-06-30',
      etat: 'Active',
    });
  });
});

describe('SIGICMU registrations', () => {
  const person = (number: number, change: Record<string, unknown> = {}): Record<string, unknown> =>
    registration({
      reference: `PNBSF-2026:SN-1/${number}`,
      referencePersonne: `SN-1/${number}`,
      nom: `NOM${String.fromCharCode(64 + number)}`,
      numeroPiece: `27511990${number}`,
      campagne: 'PNBSF-2026',
      ...change,
    });

  it('registers, replays the same answer, and finds it again', async () => {
    const first = await register(sandbox.url, person(1));
    expect(first.status).toBe(201);
    expect(first.json).toEqual({
      reference: 'PNBSF-2026:SN-1/1',
      referencePersonne: 'SN-1/1',
      codeImmatriculation: expect.stringMatching(/^[A-Z]\d{4}[A-Z]\d{4}$/),
      operation: 'ADHESION',
      montantCotisation: 0,
      montantSubvention: 7000,
      dateDebutc: '2026-11-21',
      dateFinc: '2027-11-20',
    });
    const again = await register(sandbox.url, person(1));
    expect([again.status, again.json]).toEqual([200, first.json]);
    const found = await rest(sandbox.url, `${SIGICMU}/v1/adhesions/recherche`, { reference: 'PNBSF-2026:SN-1/1' });
    expect([found.status, found.json]).toEqual([200, first.json]);
    const absent = await rest(sandbox.url, `${SIGICMU}/v1/adhesions/recherche`, { reference: 'PNBSF-2026:SN-1/99' });
    expect(problem(absent)).toEqual([404, 'DEMANDE_INCONNUE']);
  });

  it('renews a cover once and links the person to it', async () => {
    const renewal = registration({
      reference: 'PNBSF-2026:SN-04120199-9/1',
      referencePersonne: 'SN-04120199-9/1',
      nom: 'SOW',
      prenom: 'Moussa',
      numeroPiece: '1751197000001',
      renouvelle: 'A0001B0001',
    });
    const first = await register(sandbox.url, renewal);
    expect([first.status, first.json.operation, first.json.codeImmatriculation]).toEqual([
      200,
      'RENOUVELLEMENT',
      'A0001B0001',
    ]);
    const other = await register(sandbox.url, { ...renewal, reference: 'PNBSF-2026-BIS:SN-04120199-9/1' });
    expect(problem(other)).toEqual([409, 'DEJA_ADHERENT']);
    expect(other.json.codeImmatriculation).toBe('A0001B0001');
  });

  it('links the person to a cover that had none, and refuses to renew the cover of another', async () => {
    const renewal = person(20, { renouvelle: 'C0001D0001', dateFinc: '2028-06-30', nom: 'BA', prenom: 'Hélène' });
    expect((await register(sandbox.url, renewal)).status).toBe(200);
    const found = await rest(sandbox.url, `${SIGICMU}/v1/beneficiaires/recherche`, { referencePersonne: 'SN-1/20' });
    expect(found.json.beneficiaires.map((each) => [each.codeImmatriculation, each.dateFinc])).toEqual([
      ['C0001D0001', '2028-06-30'],
    ]);
    const other = await register(sandbox.url, person(21, { renouvelle: 'C0001D0001', dateFinc: '2029-06-30' }));
    expect([...problem(other), other.json.champ]).toEqual([422, 'DEMANDE_INVALIDE', 'renouvelle']);
  });

  it('registers anew a person whose cover has ended', async () => {
    const years = { dateDebutc: '2025-01-01', dateFinc: '2025-12-31', reference: 'PNBSF-2025:22' };
    const ended = await register(sandbox.url, person(22, years));
    const anew = await register(sandbox.url, person(22));
    expect([ended.status, anew.status]).toEqual([201, 201]);
    expect(anew.json.codeImmatriculation).not.toBe(ended.json.codeImmatriculation);
  });

  it('refuses a person covered under another reference', async () => {
    const first = await register(sandbox.url, person(2));
    const byPerson = await register(sandbox.url, person(2, { reference: 'AUTRE:2' }));
    expect(problem(byPerson)).toEqual([409, 'DEJA_ADHERENT']);
    expect(byPerson.json.codeImmatriculation).toBe(first.json.codeImmatriculation);
    const byPaper = await register(sandbox.url, person(2, { reference: 'AUTRE:3', referencePersonne: 'SN-2/1' }));
    expect(problem(byPaper)).toEqual([409, 'DEJA_ADHERENT']);
  });

  it('takes another person who shows the same paper', async () => {
    await register(sandbox.url, person(3));
    const namesake = person(4, { numeroPiece: person(3)['numeroPiece'] });
    expect((await register(sandbox.url, namesake)).status).toBe(201);
  });

  it('refuses a key used for other content', async () => {
    await register(sandbox.url, person(5));
    const other = await register(sandbox.url, person(5, { commune: 'AUTRE' }));
    expect(problem(other)).toEqual([422, 'CLE_REUTILISEE']);
  });

  it.each([
    ['sexe', { sexe: 'X' }],
    ['dateNaissance', { dateNaissance: '14/03/1987' }],
    ['typePiece', { typePiece: 'Passeport' }],
    ['numeroPiece', { numeroPiece: null }],
    ['typeBeneficiaire', { typeBeneficiaire: 'CEC' }],
    ['relation', { relation: 'Cousin' }],
    ['dateDebutc', { dateDebutc: '2026-02-30' }],
    ['dateFinc', { dateFinc: '2026-11-21' }],
    ['montantCotisation', { montantCotisation: -1 }],
    ['montantSubvention', { montantSubvention: 7000.5 }],
    ['referencePersonne', { referencePersonne: ' ' }],
  ])('names the faulty field %s', async (field, change) => {
    const answer = await register(sandbox.url, person(6, change));
    expect([...problem(answer), answer.json.champ]).toEqual([422, 'DEMANDE_INVALIDE', field]);
  });

  it('wants the key, quoted, and equal to the reference', async () => {
    for (const key of [undefined, 'PNBSF-2026:SN-1/7', '"AUTRE"']) {
      const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
      const answer = await rest(sandbox.url, `${SIGICMU}/v1/adhesions`, person(7), headers);
      expect([...problem(answer), answer.json.champ]).toEqual([422, 'DEMANDE_INVALIDE', 'Idempotency-Key']);
    }
  });

  it('refuses an unknown holder and the renewal of nothing', async () => {
    const held = await register(sandbox.url, person(8, { titulaire: 'Z9999Z9999', relation: 'Enfant' }));
    expect(problem(held)).toEqual([404, 'TITULAIRE_INCONNU']);
    const renewed = await register(sandbox.url, person(8, { renouvelle: 'Z9999Z9999' }));
    expect(problem(renewed)).toEqual([404, 'ADHESION_INCONNUE']);
  });

  it('lists a campaign page by page, oldest first, everybody once', async () => {
    for (let number = 10; number < 15; number++)
      await register(sandbox.url, person(number, { campagne: 'LISTE', reference: `LISTE:${number}` }));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after = cursor === '' ? '' : `&apres=${cursor}`;
      const answer: Answer = await rest(sandbox.url, `${SIGICMU}/v1/adhesions?campagne=LISTE&limite=2${after}`);
      seen.push(...answer.json.adhesions.map((each) => each.reference));
      cursor = answer.json.suivant;
    }
    expect(seen).toEqual(['LISTE:10', 'LISTE:11', 'LISTE:12', 'LISTE:13', 'LISTE:14']);
    const empty = await rest(sandbox.url, `${SIGICMU}/v1/adhesions?campagne=RIEN`);
    expect(empty.json).toEqual({ adhesions: [], suivant: null, total: 0 });
  });
});
