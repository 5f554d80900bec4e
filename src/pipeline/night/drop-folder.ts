/**
 * The drop folder. Agencies copy files into it at any hour; the night takes those that are complete, by renaming them
 * into `en-cours`, and from there a file goes to `archives/AAAA/MM` once it is imported, or to `quarantaine` when it is
 * refused. A file is always in exactly one of these places, and what a process that died left in `en-cours` is taken up
 * first: an import already made is recognised by the file's sum.
 */
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { controlledBatch } from '../intake/control-file.ts';

export interface DropFolder {
  readonly directory: string;
  /** A file whose size and hour stay the same for this long is complete. */
  readonly settleMs: number;
  /** How long a file that still grows is waited for, before it is left to the next night. */
  readonly patienceMs: number;
  readonly pause: (ms: number) => Promise<unknown>;
}

export const IN_HAND = 'en-cours';
const ARCHIVE = 'archives';
const QUARANTINE = 'quarantaine';

/** Suffix of an empty file that says: the file of this name is complete. */
const DONE_MARK = '.ok';
const BATCH_NAME = /\.(csv|txt|tsv|xml)(\.gz)?$/i;
/** Names under which copying programs write, and files that explain a refusal. */
const UNFINISHED = /^[.~]|\.(part|tmp|filepart|crdownload)$|\.(erreurs\.csv|refus\.txt)$/i;

/** Takes every complete file in hand, by name; what is incomplete stays where it is and is named. */
export async function pickUp(folder: DropFolder): Promise<{ readonly left: readonly string[] }> {
  const inHand = join(folder.directory, IN_HAND);
  await mkdir(inHand, { recursive: true });
  const { complete, growing } = await completeFiles(folder);
  for (const name of complete) {
    // Never over a file in hand: two deliveries of one name are two deliveries.
    if (await isThere(join(inHand, name))) continue;
    await rename(join(folder.directory, name), join(inHand, name));
    await rm(join(folder.directory, name + DONE_MARK), { force: true });
  }
  return { left: growing };
}

/** Names of files in hand, in order. */
export async function filesInHand(directory: string): Promise<readonly string[]> {
  return wantedNames(join(directory, IN_HAND));
}

/** Puts a file in hand into the archive of a day (`AAAA-MM-JJ`); returns where it lies now. */
export function archive(directory: string, name: string, day: string): Promise<string> {
  const [year = '', month = ''] = day.split('-');
  return putAway(directory, name, join(directory, ARCHIVE, year, month));
}

/** Puts a file in hand aside, refused; returns where it lies now. */
export function quarantine(directory: string, name: string): Promise<string> {
  return putAway(directory, name, join(directory, QUARANTINE));
}

async function putAway(directory: string, name: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  let free = join(target, name);
  for (let number = 2; await isThere(free); number += 1) free = join(target, `${number}-${name}`);
  await rename(join(directory, IN_HAND, name), free);
  return free;
}

/** Two looks, `settleMs` apart: what is the same at both is complete, as is what its sender marked. */
async function completeFiles({ directory, settleMs, patienceMs, pause }: DropFolder): Promise<{
  readonly complete: readonly string[];
  readonly growing: readonly string[];
}> {
  let before = await look(directory);
  if (before.size === 0) return { complete: [], growing: [] };
  for (let waited = settleMs; ; waited += settleMs) {
    if ([...before.values()].some((state) => state !== DONE)) await pause(settleMs);
    const after = await look(directory);
    const names = [...after.keys()].sort();
    const settled = (name: string): boolean => after.get(name) === DONE || after.get(name) === before.get(name);
    const growing = names.filter((name) => !settled(name));
    if (growing.length === 0 || waited >= patienceMs) return { complete: names.filter(settled), growing };
    before = after;
  }
}

const DONE = 'done';

/** Wanted files and what tells whether they change: size and both hours, since a copy may preserve one of them. */
async function look(directory: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of await wantedNames(directory)) {
    if (await isThere(join(directory, name + DONE_MARK))) found.set(name, DONE);
    else {
      const status = await stat(join(directory, name)).catch(() => null); // gone again: its sender moved it
      if (status?.isFile()) found.set(name, `${status.size} ${status.mtimeMs} ${status.ctimeMs}`);
    }
  }
  return found;
}

async function wantedNames(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => BATCH_NAME.test(name) || controlledBatch(name) !== null)
    .sort();
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
