import type { SettingReader } from './setting-reader.ts';

/** What may differ between two installations in the reports they write. */
export interface ReportConfig {
  /** PEM file of the Ed25519 key that signs; null: the installation makes its own in the data folder. */
  readonly signingKey: string | null;
  /** PEM file of the public key that `report verify` trusts; null: the one this installation signs with. */
  readonly trustedKey: string | null;
  readonly smallestGroup: number;
  readonly smallestCell: number;
  readonly workbookLines: number;
  /** Where the reports of nights are written; null: in the data folder. */
  readonly folder: string | null;
}

/** Declares the settings of reports. */
export function declareReports(read: SettingReader): ReportConfig {
  return {
    signingKey: read.optional(
      'PNBSF_REPORT_KEY',
      'clé privée Ed25519 (PEM) qui signe les rapports ; absente : l’installation crée la sienne',
    ),
    trustedKey: read.optional(
      'PNBSF_REPORT_TRUSTED_KEY',
      'clé publique Ed25519 (PEM) que « report verify » admet ; absente : celle de l’installation',
    ),
    smallestGroup: read.wholeNumber(
      'PNBSF_REPORT_SMALLEST_GROUP',
      30,
      'personnes',
      'effectif à partir duquel des groupes sont comparés dans equite.csv',
    ),
    smallestCell: read.wholeNumber(
      'PNBSF_REPORT_SMALLEST_CELL',
      5,
      'personnes',
      'effectif en dessous duquel les données ouvertes taisent une valeur',
    ),
    workbookLines: read.wholeNumber(
      'PNBSF_REPORT_WORKBOOK_LINES',
      10_000,
      'lignes',
      'lignes d’une feuille de rapport.xlsx, tenu en mémoire ; au-delà, la liste entière est dans le CSV',
    ),
    folder: read.optional('PNBSF_REPORT_DIR', 'dossier des rapports des nuits ; absent : rapports, dans les données'),
  };
}
