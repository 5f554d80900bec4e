import { execFile } from 'node:child_process';
import { readlink, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Whether a process that lives under this number is certainly not the server of this cluster. False when none lives, or
 * when it cannot be known: then PostgreSQL's own programs decide.
 */
export async function isSomebodyElse(pid: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  // A server works in the folder of its cluster. Whose folder we may not see runs as another user than our server does.
  const folder = await readlink(`/proc/${pid}/cwd`).catch((error: unknown) => errorCode(error));
  if (folder.startsWith('/')) return folder !== (await realpath(cluster));
  if (folder === 'EACCES') return true;
  const command = await run('ps', ['-p', String(pid), '-o', 'args=']).catch(() => null);
  return command !== null && !command.stdout.includes(cluster);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
