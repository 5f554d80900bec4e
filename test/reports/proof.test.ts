import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/reports/proof/canonical-json.ts';
import { signManifest, type Manifest, type ManifestContent } from '../../src/reports/proof/manifest.ts';
import { ownKeys, readPrivateKey, readPublicKey } from '../../src/reports/proof/signing-keys.ts';
import { verifyReport, type Verification } from '../../src/reports/proof/verify-report.ts';
import { publishedNight, type PublishedNight } from './published-night.ts';

let played: PublishedNight;
let copy: string;

beforeAll(async () => {
  played = await publishedNight(60);
  copy = `${played.publication.folder}-copie`;
}, 120_000);
afterAll(() => played.close());

async function trustedKey(): Promise<string> {
  const { dataDirectory } = played.installation.app.config;
  return (await ownKeys(join(dataDirectory, 'cles'))).publicKey;
}

/** A copy of the report, spoilt, and what the verification says of it. */
async function verified(spoil: (folder: string) => Promise<void>): Promise<Verification> {
  await rm(copy, { recursive: true, force: true });
  await cp(played.publication.folder, copy, { recursive: true });
  await spoil(copy);
  return verifyReport(copy, await readPublicKey(await trustedKey()));
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

/** A manifest without its signature. */
async function contentOf(folder: string): Promise<ManifestContent> {
  const { signature, ...content } = await manifestOf(folder);
  expect(signature.algorithm).toBe('Ed25519');
  return content;
}

describe('a report', () => {
  it('holds as it was written', async () => {
    const found = await verified(() => Promise.resolve());
    expect(found).toMatchObject({ holds: true, problems: [], uncovered: [] });
  });

  it('fails on one changed byte, in whatever file', async () => {
    const { files } = await manifestOf(played.publication.folder);
    expect(files.length).toBeGreaterThan(10);
    for (const { name } of files) {
      const found = await verified(async (folder) => {
        const bytes = await readFile(join(folder, name));
        bytes[Math.floor(bytes.length / 2)]! ^= 1;
        await writeFile(join(folder, name), bytes);
      });
      expect(found).toMatchObject({ holds: false, problems: [{ kind: 'changed', file: name }] });
    }
  });

  it('fails on a missing file and names one it does not cover', async () => {
    const found = await verified(async (folder) => {
      await rm(join(folder, 'travaux-rnu.csv'));
      await writeFile(join(folder, 'ajout.csv'), 'x');
    });
    expect(found).toMatchObject({
      holds: false,
      problems: [{ kind: 'missing', file: 'travaux-rnu.csv' }],
      uncovered: ['ajout.csv'],
    });
  });

  it('fails on a changed figure of the manifest, and without a manifest', async () => {
    const changed = await verified(async (folder) => {
      const manifest = await manifestOf(folder);
      const counts = { ...manifest.counts, people: manifest.counts.people + 1 };
      await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, counts }));
    });
    expect(changed.problems[0]).toEqual({ kind: 'signature', file: 'manifest.json' });
    const without = await verified((folder) => rm(join(folder, 'manifest.json')));
    expect(without).toMatchObject({ holds: false, problems: [{ kind: 'manifest' }] });
  });

  it('signed by another key fails, wherever that key lies', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const found = await verified(async (folder) => {
      const content = await contentOf(folder);
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(signManifest(content, privateKey)));
      await mkdir(join(folder, 'cles'));
      await writeFile(join(folder, 'cles/rapport-publique.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    });
    expect(found).toMatchObject({ holds: false, problems: [{ kind: 'key' }] });
  });

  it('whose signed counts contradict its files fails', async () => {
    const key = (await trustedKey()).replace('publique', 'privee');
    const found = await verified(async (folder) => {
      const content = await contentOf(folder);
      const counts = { ...content.counts, people: content.counts.people + 1 };
      const signed = signManifest({ ...content, counts }, await readPrivateKey(key));
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(signed));
    });
    expect(found.problems.map(({ kind }) => kind)).toContain('sums');
  });

  it('written again holds the same tables', async () => {
    const again = await played.publishAgain('encore');
    const sums = (files: Manifest['files']): unknown =>
      files.filter(({ name }) => name.endsWith('.csv')).map(({ name, sha256 }) => [name, sha256]);
    expect(sums(again.files)).toEqual(sums(played.publication.files));
    expect(again.mailsQueued).toBe(0);
  });

  it('that cannot be completed leaves no manifest', async () => {
    const folder = join(played.publication.folder, '..', 'barre');
    await mkdir(join(folder, 'rapport.xlsx', 'occupe'), { recursive: true });
    await expect(played.publishAgain('barre')).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
    await expect(readFile(join(folder, 'manifest.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('canonical JSON', () => {
  it('is the same for the same content in any order', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
  });
});
