import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/reports/proof/canonical-json.ts';
import { signManifest, type Manifest, type ManifestContent } from '../../src/reports/proof/manifest.ts';
import { ownKeys, readPrivateKey, readPublicKey } from '../../src/reports/proof/signing-keys.ts';
import { verifyReport, type Verification } from '../../src/reports/proof/verify-report.ts';
import { listMails } from '../../src/store/mail/outbox.ts';
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

  it('written again holds the same tables, and nobody is written to twice', async () => {
    const again = await played.publishAgain('encore');
    expect(tableSums(again.files)).toEqual(tableSums(played.publication.files));
    expect(again.mailsQueued).toBe(0);
  });

  it('written again after a crash in the middle of the mails sends the rest, each once', async () => {
    const { db } = played.installation.context;
    await played.installation.rows(`delete from outbound_mail where role = 'region'`);
    await played.installation.rows('update run set published_at = null');
    expect((await played.publishAgain('reprise')).mailsQueued).toBe(1);
    const mails = await listMails(db, played.summary.run, 100);
    expect(mails.map(({ role }) => role).sort()).toEqual(['direction', 'exploitation', 'region']);
  });

  it('shows people as the run froze them, whatever the RNU sends later; what leaves by mail names nobody', async () => {
    const { installation, summary } = played;
    const [person] = await installation.rows<{ ref: string }>(
      `select p.ref from run_person rp join enrolment e on e.id = rp.enrolment_id join person p on p.id = e.person_id
        where rp.state = 'enrolled' order by p.id limit 1`,
    );
    await installation.rows(
      `insert into reconciliation_difference (run_id, kind, business_key, person_ref, detail)
       values ($1, 'names-differ', 'cle', $2, '{"here": "NOMICI DIOP", "there": "NOMLA DIOP"}')`,
      [summary.run, person!.ref],
    );
    await installation.rows(`update registration set cover_end = date '2026-11-21' + 20`);
    const before = await played.publishAgain('avant');
    const lines = (name: string): number => before.files.find((file) => file.name === name)?.lines ?? 0;
    expect(lines('ecarts.csv')).toBe(1);
    expect(lines('renouvellements.csv')).toBeGreaterThan(5);
    const mailed = await readFile(join(before.folder, 'envoi-ecarts.csv'), 'utf8');
    expect(mailed).toContain(person!.ref);
    expect(mailed).not.toMatch(/NOMICI|NOMLA/);
    expect(played.names.filter((name) => mailed.includes(name))).toEqual([]);

    await installation.rows(`update person set full_name = 'CHANGE ' || id, sex = 'F'`);
    await installation.rows(`update household set region = 'KOLDA', departement = 'KOLDA', commune = 'AILLEURS'`);
    expect(tableSums((await played.publishAgain('apres')).files)).toEqual(tableSums(before.files));
  });

  it('that cannot be completed leaves no manifest', async () => {
    const folder = join(played.publication.folder, '..', 'barre');
    await mkdir(join(folder, 'rapport.xlsx', 'occupe'), { recursive: true });
    await expect(played.publishAgain('barre')).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
    await expect(readFile(join(folder, 'manifest.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** Name and sum of every table. */
function tableSums(files: Manifest['files']): unknown {
  return files.filter(({ name }) => name.endsWith('.csv')).map(({ name, sha256 }) => [name, sha256]);
}

describe('a folder', () => {
  it('is rid of what a killed process left, and of nothing that may still be written', async () => {
    const folder = join(played.publication.folder, '..', 'restes');
    for (const name of ['.en-cours-ancien', '.en-cours-neuf']) await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, '.en-cours-ancien', 'rapprochement.csv'), 'x');
    await utimes(join(folder, '.en-cours-ancien'), 0, 0);
    await played.publishAgain('restes');
    expect((await readdir(folder)).filter((name) => name.startsWith('.en-cours-'))).toEqual(['.en-cours-neuf']);
  });

  const small = mountSmallDisk();
  (small === null ? it.skip : it)('on a full disk stays as it was, and the run unpublished', async () => {
    const folder = small ?? '';
    try {
      await writeFile(join(folder, 'manifest.json'), 'ancien');
      await played.installation.rows('update run set published_at = null');
      await expect(played.publishAgain(folder)).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(await readdir(folder)).toEqual(['manifest.json']);
      expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('ancien');
      expect(await played.installation.rows('select published_at from run')).toEqual([{ published_at: null }]);
    } finally {
      spawnSync('umount', [folder]);
    }
    expect((await stat(folder)).isDirectory()).toBe(true);
    await rm(folder, { recursive: true });
  });
});

/** A disk of 40 kB; null where this user may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'petit-disque-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'tmpfs', folder], { stdio: 'ignore' });
  if (status === 0) return folder;
  rmdirSync(folder);
  process.stderr.write('SKIPPED: no small disk can be mounted; nothing is shown about a full one.\n');
  return null;
}

describe('canonical JSON', () => {
  it('is the same for the same content in any order', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
  });
});
