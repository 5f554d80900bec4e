import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/cli/command.ts';
import { exchangeCommand } from '../../src/cli/commands/exchange.ts';
import { UnusableFile } from '../../src/cli/unusable-file.ts';
import { runCommand, type CommandResult } from './run-command.ts';
import { MULTIPARTS } from './stored-answers/multipart-cases.ts';
import { ANSWERS, STRANGERS, WHOLE_RESPONSES } from './stored-answers/rest-cases.ts';
import { REFUSALS } from './stored-answers/rest-refusals.ts';
import { FAITHFUL, FAULTS, UNREADABLE, VIOLATIONS } from './stored-answers/soap-cases.ts';
import { faultText, multipart, PDF, PDF_HEAD, ROOT_HEAD, soapText } from './stored-answers/soap-parts.ts';
import type { StoredCase } from './stored-answers/stored-case.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let stored = 0;
async function store(content: string | Buffer): Promise<string> {
  const path = join(folder, `reponse-${++stored}`);
  await writeFile(path, content);
  return path;
}

async function decode(
  { body, http, operation }: Omit<StoredCase, 'name' | 'expected'>,
  ...more: string[]
): Promise<CommandResult> {
  return runCommand(exchangeCommand, [
    ...['decode', await store(body), ...more],
    ...(http === undefined ? [] : ['--http', await store(JSON.stringify(http))]),
    ...(operation === undefined ? [] : ['--operation', operation]),
  ]);
}

const TABLES: Readonly<Record<string, readonly StoredCase[]>> = {
  'SOAP: a faithful answer': FAITHFUL,
  'SOAP: a broken rule': VIOLATIONS,
  'SOAP: unreadable': UNREADABLE,
  'SOAP: a fault': FAULTS,
  'SOAP: multipart': MULTIPARTS,
  'REST: the service itself': ANSWERS,
  'REST: an error of a Security Server': REFUSALS,
  'REST: from elsewhere': STRANGERS,
  'REST: a whole response': WHOLE_RESPONSES,
};

describe.each(Object.entries(TABLES))('%s', (_table, cases) => {
  it.each(cases)('$name', async ({ expected, absent = [], ...answer }) => {
    const { status, json } = await decode(answer, '--json');
    expect(json).toMatchObject(expected);
    for (const member of absent) expect(json).not.toHaveProperty(member);
    expect(status).toBe((json as { kind: string }).kind === 'unreadable' ? 1 : 0);
  });
});

describe('for people', () => {
  it('an answer shows its header and the shape of its body, never its values', async () => {
    const body = multipart([
      [ROOT_HEAD, soapText('<verifierNaissanceResponse><nom>NDIAYE</nom><nom>SENE</nom></verifierNaissanceResponse>')],
      [PDF_HEAD, PDF],
    ]);
    const { text } = await decode({ body });
    expect(text).toContain('SOAP — réponse du service');
    expect(text).toContain('service : SN/GOV/ETATCIVIL/actes/verifierNaissance/v1');
    expect(text).toContain('nom : 2 fois');
    expect(text).toContain('acte-1987-0456 : application/pdf, 9 octets');
    expect(text).not.toContain('NDIAYE');
  });

  it('a fault shows its code, its text, its reference and what to make of it', async () => {
    const { text } = await decode({ body: faultText('Server.ServerProxy.AccessDenied', 'Refusé') });
    expect(text).toContain('Code X-Road : Server.ServerProxy.AccessDenied');
    expect(text).toContain('Texte : Refusé');
    expect(text).toContain('journal du serveur de sécurité : b5c0e6f4');
    expect(text).toContain('Classe : route — non traité, liaison fermée');
  });

  it('an unreadable answer tells the reason and the status', async () => {
    const { text, status } = await decode({
      body: '',
      http: { status: 503, headers: { 'content-type': 'text/html' } },
    });
    expect(text).toContain('REST, HTTP 503 — réponse illisible');
    expect(text).toContain('Raison : not-x-road (aucune marque de X-Road');
    expect(status).toBe(1);
  });
});

describe('called wrongly', () => {
  it.each([[[]], [['decode']], [['encode', 'x']], [['decode', 'a', 'b']], [['decode', 'a', '--operation', 'delete']]])(
    'is told: %j',
    async (words) => {
      await expect(runCommand(exchangeCommand, words)).rejects.toBeInstanceOf(UsageError);
    },
  );

  it('fails on a file that cannot be opened, of either kind', async () => {
    const path = join(folder, 'absent');
    await expect(runCommand(exchangeCommand, ['decode', path])).rejects.toMatchObject({ code: 'ENOENT', path });
    await expect(decode({ body: soapText() }, '--http', path)).rejects.toMatchObject({ code: 'ENOENT', path });
  });

  it.each(['', '[]', '{"status":"200"}', '{"status":99}', '{"headers":[]}', '{"headers":{"a":{}}}'])(
    'refuses the head %s',
    async (head) => {
      const path = await store(head);
      await expect(decode({ body: soapText() }, '--http', path)).rejects.toBeInstanceOf(UnusableFile);
    },
  );
});

it('opens no database and leaves nothing behind', async () => {
  const data = join(folder, 'donnees');
  const before = process.env['PNBSF_DATA'];
  process.env['PNBSF_DATA'] = data;
  await decode({ body: soapText() }, '--json');
  if (before === undefined) delete process.env['PNBSF_DATA'];
  else process.env['PNBSF_DATA'] = before;
  expect(await readdir(folder)).not.toContain('donnees');
});
