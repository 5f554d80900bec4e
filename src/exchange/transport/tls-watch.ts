import { statSync } from 'node:fs';
import type { Clock } from '../../domain/clock.ts';
import { tlsSettings } from './tls-files.ts';
import type { TlsFiles, TlsSettings } from './tls-files.ts';

/** `tls-files-taken-up`: new connections use the new files. `tls-files-unusable`: the former ones stay in use. */
export interface TlsRotationEvent {
  readonly code: 'tls-files-taken-up' | 'tls-files-unusable';
  /** Host and port. */
  readonly securityServer: string;
}

/** How replaced PEM files are noticed. */
export interface TlsRotation {
  readonly clock: Clock;
  /** Calls look at the files at most this often. */
  readonly lookEveryMs: number;
  /** Told once of each replacement, and once of files that cannot be used, however often they are tried. */
  readonly onEvent: (event: TlsRotationEvent) => void;
}

/**
 * Notices PEM files that were replaced. It looks when a call is made, since a watcher of the file system misses the
 * symbolic links by which Kubernetes swaps secrets, and files on network drives.
 */
export class TlsWatch {
  /** The files as they were when this was made. */
  readonly initial: TlsSettings;

  readonly #files: TlsFiles;
  readonly #rotation: TlsRotation;
  readonly #securityServer: string;
  #taken: string;
  #lookAtMs: number;
  #complained = false;

  /** Throws when a file cannot be used: there is nothing to go on with yet. */
  constructor(files: TlsFiles, rotation: TlsRotation, securityServer: string) {
    this.#files = files;
    this.#rotation = rotation;
    this.#securityServer = securityServer;
    // Before they are read: a file replaced meanwhile is then seen as changed.
    this.#taken = stamp(files);
    this.initial = tlsSettings(files);
    this.#lookAtMs = rotation.clock.monotonicMs() + rotation.lookEveryMs;
  }

  /** The new files, once, if they were replaced since the last look and can be used; otherwise null. */
  replaced(): TlsSettings | null {
    const now = this.#rotation.clock.monotonicMs();
    if (now < this.#lookAtMs) return null;
    this.#lookAtMs = now + this.#rotation.lookEveryMs;
    try {
      const current = stamp(this.#files);
      const settings = current === this.#taken ? null : tlsSettings(this.#files);
      this.#taken = current;
      this.#complained = false;
      if (settings !== null) this.#tell('tls-files-taken-up');
      return settings;
    } catch {
      // Half written, or the certificate already new and the key not yet: the next look sees them whole.
      if (!this.#complained) this.#tell('tls-files-unusable');
      this.#complained = true;
      return null;
    }
  }

  #tell(code: TlsRotationEvent['code']): void {
    this.#rotation.onEvent({ code, securityServer: this.#securityServer });
  }
}

/** Changes whenever one of the files is written or another is put in its place. Throws when one is missing. */
function stamp({ ca, cert, key }: TlsFiles): string {
  return [ca, cert, key]
    .filter((path) => path !== undefined)
    .map((path) => {
      const { ino, mtimeMs, size } = statSync(path);
      return `${ino}/${mtimeMs}/${size}`;
    })
    .join(' ');
}
