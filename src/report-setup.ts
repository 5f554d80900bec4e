import { join } from 'node:path';
import type { Config } from './config.ts';
import { packageVersion } from './package-root.ts';
import type { ReferenceData } from './reference-data.ts';
import { ownKeys, readPrivateKey } from './reports/proof/signing-keys.ts';
import type { ReportSettings } from './reports/report-settings.ts';

/** Where the keys an installation makes for itself lie. */
export function ownKeysFolder({ dataDirectory }: Config): string {
  return join(dataDirectory, 'cles');
}

/** What reports need of an installation; its own signing key is made here the first time. */
export async function reportSettings(config: Config, { policy, gazetteer }: ReferenceData): Promise<ReportSettings> {
  const { reports, timeZone } = config;
  const keyFile = reports.signingKey ?? (await ownKeys(ownKeysFolder(config))).privateKey;
  return {
    timeZone,
    gazetteer,
    idCardCompulsoryFromAge: policy.idCardCompulsoryFromAge,
    smallestGroup: reports.smallestGroup,
    smallestCell: reports.smallestCell,
    workbookLines: reports.workbookLines,
    signingKey: await readPrivateKey(keyFile),
    product: `pnbsf-cmu ${packageVersion()}`,
  };
}
