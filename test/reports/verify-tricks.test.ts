import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { report } from '../../src/cli/commands/report.ts';
import { signManifest, type Manifest, type ManifestContent } from '../../src/reports/proof/manifest.ts';
import { verifyReport, type Verification } from '../../src/reports/proof/verify-report.ts';
import { runCommand } from '../cli/run-command.ts';

let root: string;
let folder: string;
let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const RESULT = { people: 0, linesRead: 0, accepted: 0, repeats: 0, unreadable: 0, outcomes: {} };

/** A report of nobody, as small as reports can be. */
async function writeSmallReport(change: (content: ManifestContent) => ManifestContent = (same) => same): Promise<void> {
  const texts = { 'rapprochement.csv': '\uFEFF"Référence"\r\n', 'resultat.json': JSON.stringify(RESULT) };
  const files: Manifest['files'][number][] = [];
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(join(folder, name), text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    files.push({ name, bytes: Buffer.byteLength(text), sha256, lines: name.endsWith('.csv') ? 0 : null });
  }
  const content = {
    format: 'pnbsf-cmu-report/1',
    product: 'essai',
    run: '1',
    runDate: '2026-11-21',
    campaign: 'PNBSF-2026',
    period: { from: '', to: '' },
    counts: RESULT as unknown as ManifestContent['counts'],
    rules: [],
    files,
  } as const satisfies ManifestContent;
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(signManifest(change(content), keys.privateKey)));
}

function check(): Promise<Verification> {
  return verifyReport(folder, keys.publicKey);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'preuve-'));
  folder = join(root, 'rapport');
  await mkdir(folder);
  keys = generateKeyPairSync('ed25519');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a report that somebody plays with', () => {
  it('holds as it is', async () => {
    await writeSmallReport();
    expect(await check()).toMatchObject({ holds: true, problems: [] });
  });

  it('fails on a link, even to the very file', async () => {
    await writeSmallReport();
    await rename(join(folder, 'rapprochement.csv'), join(root, 'ailleurs.csv'));
    await symlink(join(root, 'ailleurs.csv'), join(folder, 'rapprochement.csv'));
    expect((await check()).problems).toEqual([{ kind: 'irregular', file: 'rapprochement.csv' }]);
  });

  it('fails on a folder or a device in the place of a file, and ends', async () => {
    await writeSmallReport();
    await rm(join(folder, 'rapprochement.csv'));
    await mkdir(join(folder, 'rapprochement.csv'));
    expect((await check()).problems).toEqual([{ kind: 'irregular', file: 'rapprochement.csv' }]);
    await rm(join(folder, 'rapprochement.csv'), { recursive: true });
    await symlink('/dev/zero', join(folder, 'rapprochement.csv'));
    expect((await check()).problems).toEqual([{ kind: 'irregular', file: 'rapprochement.csv' }]);
  });

  it('fails on an emptied file', async () => {
    await writeSmallReport();
    await writeFile(join(folder, 'resultat.json'), '');
    expect((await check()).problems).toEqual([{ kind: 'changed', file: 'resultat.json' }]);
  });

  it('does not follow names that lead out of the folder', async () => {
    for (const name of ['../ailleurs.csv', '/etc/hostname', '..', '.', 'a\\b', '']) {
      await writeSmallReport((content) => ({ ...content, files: [{ ...content.files[0]!, name }] }));
      expect((await check()).problems).toEqual([{ kind: 'manifest', file: 'manifest.json' }]);
    }
  });

  it('fails on a manifest that is none', async () => {
    for (const text of ['', '{', 'null', '[]', '{"format":"pnbsf-cmu-report/1","files":[null]}', '\u0000']) {
      await writeFile(join(folder, 'manifest.json'), text);
      expect((await check()).problems).toEqual([{ kind: 'manifest', file: 'manifest.json' }]);
    }
  });

  it('fails on a signature that is no signature', async () => {
    await writeSmallReport();
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    for (const value of ['', 'AAAA', 'é', manifest.signature.value.slice(4)]) {
      const signature = { ...manifest.signature, value };
      await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, signature }));
      expect((await check()).problems).toEqual([{ kind: 'signature', file: 'manifest.json' }]);
    }
  });
});

describe('report verify', () => {
  async function keyFile(): Promise<string> {
    const path = join(root, 'publique.pem');
    await writeFile(path, keys.publicKey.export({ type: 'spki', format: 'pem' }));
    return path;
  }

  it('says so and ends with 1 where the folder does not exist', async () => {
    const { status, text } = await runCommand(report, ['verify', join(root, 'nulle-part'), '--key', await keyFile()]);
    expect(status).toBe(1);
    expect(text).toContain('ce dossier n’existe pas');
  });

  it('says which key is missing', async () => {
    await writeSmallReport();
    const missing = join(root, 'absente.pem');
    await expect(runCommand(report, ['verify', folder, '--key', missing])).rejects.toMatchObject({
      code: 'CLE_RAPPORT_INUTILISABLE',
      message: `La clé ${missing} ne peut pas être lue.`,
    });
  });

  it('tells people and programs that a report holds', async () => {
    await writeSmallReport();
    const words = ['verify', folder, '--key', await keyFile()];
    expect(await runCommand(report, words)).toMatchObject({ status: 0, text: expect.stringContaining('authentique') });
    expect(await runCommand(report, [...words, '--json'])).toMatchObject({ status: 0, json: { holds: true } });
  });
});
