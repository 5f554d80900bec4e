import { sign, type KeyObject } from 'node:crypto';
import type { RunPeriod } from '../../store/report/run-period.ts';
import type { RunSummary } from '../../store/run/run-summary.ts';
import type { WrittenFile } from '../table/table-file.ts';
import { canonicalJson } from './canonical-json.ts';
import { keyId } from './signing-keys.ts';

/** Name of the manifest inside a report's folder. */
export const MANIFEST_FILE = 'manifest.json';

/** What a report consists of and rests on; everything but the signature is signed. */
export interface ManifestContent {
  readonly format: 'pnbsf-cmu-report/1';
  readonly product: string;
  readonly run: string;
  readonly runDate: string;
  readonly campaign: string;
  readonly period: RunPeriod['period'];
  readonly counts: RunSummary;
  /** The rules the run decided by. */
  readonly rules: RunPeriod['rules'];
  readonly files: readonly WrittenFile[];
}

export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SHA-256 of the public key (SPKI, DER), in hexadecimal: which key, not whom to trust. */
  readonly keyId: string;
  /** Base64, over the canonical JSON of the manifest without this member. */
  readonly value: string;
}

export interface Manifest extends ManifestContent {
  readonly signature: Signature;
}

/** The signed manifest as it is written. `key` is an Ed25519 private key. */
export function signManifest(content: ManifestContent, key: KeyObject): Manifest {
  const value = sign(null, Buffer.from(canonicalJson(content), 'utf8'), key).toString('base64');
  return { ...content, signature: { algorithm: 'Ed25519', keyId: keyId(key), value } };
}
