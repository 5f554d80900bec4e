import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a run keeps what it makes. */
export interface RunFiles {
  readonly folder: string;
  readonly batch: string;
  readonly truth: string;
  readonly ledger: string;
  readonly order: string;
  readonly report: string;
  readonly data: string;
  readonly log: (name: string) => string;
}

/** A folder for a run: the one asked for, where only files of an earlier run are replaced, or a temporary one. */
export async function runFiles(asked: string | null): Promise<RunFiles> {
  const folder = asked === null ? await mkdtemp(join(tmpdir(), 'pnbsf-cmu-chaos-')) : resolve(asked);
  const inside = (name: string): string => join(folder, name);
  const files = {
    folder,
    batch: inside('lot-rnu.csv'),
    truth: inside('verite.jsonl'),
    ledger: inside('sigicmu.jsonl'),
    order: inside('partenaires.json'),
    report: inside('rapport'),
    data: inside('donnees'),
  };
  const former = [files.ledger, `${files.ledger}.state`, files.report, files.data];
  const all = [...former, inside('postgres'), inside('redis'), inside('logs')];
  await Promise.all(all.map((path) => rm(path, { recursive: true, force: true })));
  await mkdir(inside('logs'), { recursive: true });
  // PostgreSQL runs as another user under root and must get in.
  await chmod(folder, 0o755);
  return { ...files, log: (name) => join(folder, 'logs', `${name}.log`) };
}
