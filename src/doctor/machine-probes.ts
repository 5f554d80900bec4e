import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { frenchInteger } from '../domain/french/numbers.ts';
import { packageVersion } from '../package-root.ts';
import { bad, good, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

const OLDEST_NODE = [20, 10] as const;
const MEBIBYTE = 1024 * 1024;
/** A night of a million people writes some hundreds of MiB of batches and reports. */
const LEAST_FREE_MIB = 1_024;
/** A Security Server waits 60 s for a new service by default; with 30 s more it answers before we give up. */
const SHORTEST_WRITE_MS = 90_000;

/** Looks at this machine and at the durations it was given. */
export function machineProbes(config: Config): readonly Probe[] {
  return [
    { name: 'versions', look: versions },
    { name: 'dossier de données', look: () => dataFolder(config.dataDirectory) },
    { name: 'durées', look: () => durations(config) },
  ];
}

function versions(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const detail = `pnbsf-cmu ${packageVersion()}, Node ${process.versions.node}`;
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return recent ? good(detail) : bad(detail, `Passez à Node ${OLDEST_NODE.join('.')} au moins.`);
}

/** The folder is made on first use; until then the nearest one above it counts. */
async function dataFolder(directory: string): Promise<Finding> {
  const folder = await nearestFolder(resolve(directory));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    return bad(`${folder} n’est pas modifiable (${errorLabel(error)})`, 'Donnez-en les droits, ou changez PNBSF_DATA.');
  }
  const { bavail, bsize } = await statfs(folder);
  const freeMib = Math.floor((bavail * bsize) / MEBIBYTE);
  const detail = `${resolve(directory)} : ${frenchInteger(freeMib)} Mio libres`;
  if (freeMib >= LEAST_FREE_MIB) return good(detail);
  return bad(detail, `Libérez de la place : il faut ${frenchInteger(LEAST_FREE_MIB)} Mio.`);
}

async function nearestFolder(directory: string): Promise<string> {
  const exists = await access(directory).then(
    () => true,
    () => false,
  );
  return exists || dirname(directory) === directory ? directory : nearestFolder(dirname(directory));
}

/** What would be unsafe has already kept the settings from being read; this is what would only be unwise. */
function durations({ times, exchange }: Config): Finding {
  const faults = [
    ...(times.writeDeadlineMs < SHORTEST_WRITE_MS
      ? [`XROAD_WRITE_MS (${frenchInteger(times.writeDeadlineMs)}) sous ${frenchInteger(SHORTEST_WRITE_MS)} ms`]
      : []),
    ...(exchange.connectMs >= exchange.readMs ? ['XROAD_CONNECT_MS atteint XROAD_READ_MS'] : []),
    ...(times.firstPauseMs > times.longestPauseMs ? ['PNBSF_FIRST_PAUSE_MS dépasse PNBSF_LONGEST_PAUSE_MS'] : []),
  ];
  if (faults.length === 0) return good('cohérentes');
  return bad(faults.join(' ; '), 'Corrigez ces réglages (docs/settings.md) : trop d’issues resteraient inconnues.');
}
