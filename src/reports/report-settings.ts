import type { KeyObject } from 'node:crypto';
import type { Gazetteer } from '../domain/gazetteer.ts';

/** What reports need to know of an installation. */
export interface ReportSettings {
  readonly timeZone: string;
  readonly gazetteer: Gazetteer;
  /** Age from which everybody must have a card. */
  readonly idCardCompulsoryFromAge: number;
  /** Smallest group a rate is compared for: of a handful it says nothing. */
  readonly smallestGroup: number;
  /** Smallest count that is published. */
  readonly smallestCell: number;
  /** Lines of a sheet of the workbook; more are in the CSV alone. */
  readonly workbookLines: number;
  /** Ed25519 private key that signs manifests. */
  readonly signingKey: KeyObject;
  /** Name and version of the product, as the manifest quotes it. */
  readonly product: string;
}
