import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { register, rest, SIGICMU } from './wire.ts';

let folder: string;
let ledgerFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  ledgerFile = join(folder, 'ledger.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (change: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSandbox({ registries: smallCountry, seed: 1, ledgerFile, ...change });
const lines = (): unknown[] =>
  readFileSync(ledgerFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
const renewal = registration({
  reference: 'PNBSF-2026:SN-04120199-9/1',
  referencePersonne: 'SN-04120199-9/1',
  renouvelle: 'A0001B0001',
  montantCotisation: 3500,
});

describe('ledger', () => {
  it('holds one line of six members for each write carried out, and nothing for replays, refusals and reads', async () => {
    const sandbox = await start();
    const first = await register(sandbox.url, registration());
    await register(sandbox.url, registration());
    await register(sandbox.url, registration({ reference: 'AUTRE' }));
    await register(sandbox.url, registration({ sexe: 'X' }));
    await rest(sandbox.url, `${SIGICMU}/v1/adhesions/recherche`, { reference: 'PNBSF-2026:SN-04120199-7/1' });
    await register(sandbox.url, renewal);
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const expected = [
      {
        at,
        operation: 'adhesion',
        campaign: 'PNBSF-2026',
        person: 'SN-04120199-7/1',
        amountPaid: 0,
        registrationCode: first.json.codeImmatriculation,
      },
      {
        at,
        operation: 'renouvellement',
        campaign: 'PNBSF-2026',
        person: 'SN-04120199-9/1',
        amountPaid: 3500,
        registrationCode: 'A0001B0001',
      },
    ];
    expect(lines()).toEqual(expected);
    expect(sandbox.ledger()).toEqual(expected);
    await sandbox.stop();
  });

  it('is written before the answer leaves', async () => {
    const sandbox = await start();
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const person = { reference: `R${index}`, referencePersonne: `P${index}`, numeroPiece: `N${index}` };
        const answer = await register(sandbox.url, registration(person));
        expect(lines()).toContainEqual(expect.objectContaining({ registrationCode: answer.json.codeImmatriculation }));
      }),
    );
    expect(lines()).toHaveLength(20);
    await sandbox.stop();
  });

  it('is remembered over a restart: replays, covers, lists', async () => {
    const first = await start();
    const registered = await register(first.url, registration());
    await register(first.url, renewal);
    await first.stop();
    const second = await start();
    expect((await register(second.url, registration())).json).toEqual(registered.json);
    const other = await register(second.url, registration({ reference: 'AUTRE' }));
    expect(other.json.code).toBe('DEJA_ADHERENT');
    const cover = await rest(second.url, `${SIGICMU}/v1/beneficiaires/recherche`, {
      referencePersonne: 'SN-04120199-9/1',
    });
    expect(cover.json.beneficiaires[0]!.dateFinc).toBe('2027-11-20');
    const listed = await rest(second.url, `${SIGICMU}/v1/adhesions?campagne=PNBSF-2026`);
    expect(listed.json.adhesions).toHaveLength(2);
    expect([second.ledger().length, lines().length]).toEqual([2, 2]);
    await second.stop();
  });

  it('is mended after a crash between the two files, and forgets a write of which half a line was kept', async () => {
    const first = await start();
    await register(first.url, registration());
    await register(first.url, renewal);
    await first.stop();
    const whole = readFileSync(ledgerFile, 'utf8');
    writeFileSync(ledgerFile, whole.slice(0, whole.indexOf('\n') + 20));
    appendFileSync(`${ledgerFile}.state`, '{"entry":{"at":"20');
    const second = await start();
    expect(readFileSync(ledgerFile, 'utf8')).toBe(whole);
    expect(second.ledger()).toHaveLength(2);
    await second.stop();
  });

  it('refuses to go on from files that contradict each other', async () => {
    const first = await start();
    await register(first.url, registration());
    await first.stop();
    writeFileSync(`${ledgerFile}.state`, '');
    await expect(start()).rejects.toMatchObject({ code: 'SANDBOX_JOURNAL_MISMATCH' });
  });

  it('shows what an insurer without idempotency keys does to a repeated request', async () => {
    const sandbox = await start({ capabilities: { idempotencyKey: false } });
    const first = await rest(sandbox.url, `${SIGICMU}/v1/adhesions`, registration());
    const second = await rest(sandbox.url, `${SIGICMU}/v1/adhesions`, registration());
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.codeImmatriculation).not.toBe(first.json.codeImmatriculation);
    expect(lines()).toHaveLength(2);
    await sandbox.stop();
  });

  it('shows people who were made to pay against the request, in the answer alike', async () => {
    const sandbox = await start({ overcharge: { rate: 0.5, amount: 3500 } });
    const amounts: number[] = [];
    for (let number = 0; number < 20; number++) {
      const person = { reference: `R${number}`, referencePersonne: `P${number}`, numeroPiece: `N${number}` };
      amounts.push((await register(sandbox.url, registration(person))).json.montantCotisation);
    }
    expect(new Set(amounts)).toEqual(new Set([0, 3500]));
    expect(sandbox.ledger().map((entry) => entry.amountPaid)).toEqual(amounts);
    const again = await register(
      sandbox.url,
      registration({ reference: 'R0', referencePersonne: 'P0', numeroPiece: 'N0' }),
    );
    expect([again.status, again.json.montantCotisation]).toEqual([200, amounts[0]]);
    await sandbox.stop();
  });

  it('gives the same codes in whatever order people come', async () => {
    const people = [1, 2, 3].map((n) =>
      registration({ reference: `R${n}`, referencePersonne: `P${n}`, numeroPiece: `N${n}` }),
    );
    const codes = async (order: Record<string, unknown>[]): Promise<Map<string, string>> => {
      const sandbox = await startSandbox({ registries: smallCountry, seed: 7 });
      for (const person of order) await register(sandbox.url, person);
      await sandbox.stop();
      return new Map(sandbox.ledger().map((entry) => [entry.person, entry.registrationCode]));
    };
    const forwards = await codes(people);
    expect(forwards.size).toBe(3);
    expect(new Map([...(await codes(people.toReversed()))].toReversed())).toEqual(forwards);
  });
});
