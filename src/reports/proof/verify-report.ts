import { createHash, verify, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import { MANIFEST_FILE, type Manifest } from './manifest.ts';
import type { WrittenFile } from '../table/table-file.ts';
import { keyId } from './signing-keys.ts';

/** What was found of a report's folder. It holds when there is no problem. */
export interface Verification {
  readonly holds: boolean;
  readonly problems: readonly Problem[];
  /** Files beside the report that no manifest speaks of: no proof covers them. */
  readonly uncovered: readonly string[];
  readonly manifest: Manifest | null;
}

export interface Problem {
  readonly kind: 'folder' | 'manifest' | 'key' | 'signature' | 'missing' | 'irregular' | 'changed' | 'sums';
  /** The file concerned, or null for the whole. */
  readonly file: string | null;
}

/**
 * Checks a report without network or database: the signature by the trusted key, which never comes from the folder
 * itself; size and sum of every file; and that what the manifest counts is what the files hold.
 */
export async function verifyReport(folder: string, trusted: KeyObject): Promise<Verification> {
  const nothing = { holds: false, uncovered: [], manifest: null };
  if (!(await isFolder(folder))) return { ...nothing, problems: [{ kind: 'folder', file: null }] };
  const manifest = await readManifest(folder);
  if (!manifest) return { ...nothing, problems: [{ kind: 'manifest', file: MANIFEST_FILE }] };
  const problems = [...signatureProblems(manifest, trusted)];
  for (const file of manifest.files) problems.push(...(await fileProblems(folder, file)));
  if (problems.length === 0) problems.push(...(await sumProblems(folder, manifest)));
  const known = new Set([MANIFEST_FILE, ...manifest.files.map(({ name }) => name)]);
  const uncovered = (await readdir(folder)).filter((name) => !known.has(name)).sort();
  return { holds: problems.length === 0, problems, uncovered, manifest };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST_FILE), 'utf8')) as Partial<Manifest>;
    return isManifest(manifest) ? manifest : null;
  } catch {
    return null; // absent, unreadable or no JSON: there is nothing to verify against
  }
}

function isManifest(manifest: Partial<Manifest>): manifest is Manifest {
  const { files, signature, counts } = manifest;
  return (
    manifest.format === 'pnbsf-cmu-report/1' &&
    typeof signature?.value === 'string' &&
    typeof counts?.people === 'number' &&
    Array.isArray(files) &&
    // A name that leads out of the folder would let a manifest vouch for something else.
    (files as readonly WrittenFile[]).every(
      ({ name, sha256 }) => /^\w[\w.-]*$/.test(name) && typeof sha256 === 'string',
    )
  );
}

function signatureProblems({ signature, ...content }: Manifest, trusted: KeyObject): readonly Problem[] {
  if (signature.keyId !== keyId(trusted)) return [{ kind: 'key', file: null }];
  const signed = Buffer.from(canonicalJson(content), 'utf8');
  const holds = verify(null, signed, trusted, Buffer.from(signature.value, 'base64'));
  return holds ? [] : [{ kind: 'signature', file: MANIFEST_FILE }];
}

async function fileProblems(
  folder: string,
  { name, bytes, sha256 }: Manifest['files'][number],
): Promise<readonly Problem[]> {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  if (!found) return [{ kind: 'missing', file: name }];
  // Another folder's file, a device that never ends: what a link leads to is no part of the report.
  if (!found.isFile()) return [{ kind: 'irregular', file: name }];
  return found.size === bytes && (await sumOf(path)) === sha256 ? [] : [{ kind: 'changed', file: name }];
}

async function sumOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  return sum.digest('hex');
}

/** The manifest's own counts against each other and against the lines of the list of people. */
async function sumProblems(folder: string, { counts, files }: Manifest): Promise<readonly Problem[]> {
  const listed = files.find(({ name }) => name === 'rapprochement.csv');
  const outcomes = Object.values(counts.outcomes).reduce((sum, people) => sum + people, 0);
  const result = JSON.parse(await readFile(join(folder, 'resultat.json'), 'utf8')) as unknown;
  const problem = (file: string): readonly Problem[] => [{ kind: 'sums', file }];
  return [
    ...(outcomes === counts.people && counts.linesRead === counts.accepted + counts.repeats + counts.unreadable
      ? []
      : problem(MANIFEST_FILE)),
    ...(listed?.lines === counts.people ? [] : problem('rapprochement.csv')),
    ...(canonicalJson(result) === canonicalJson(counts) ? [] : problem('resultat.json')),
  ];
}
