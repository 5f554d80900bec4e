/** The person's RNU line beside the registries' records, differences marked, as columns of text. */
import { masked } from '../../domain/french/csv.ts';
import { frenchDate } from '../../domain/french/numbers.ts';
import { formatPartialDateFrench } from '../../domain/partial-date.ts';
import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';
import type { Agreement, IdentityField } from '../../matching/identity-comparison.ts';
import type { ReviewCase } from '../../pipeline/review/review-case.ts';

type AnyRecord = IdCardRecord | BirthRecord | ExistingCover;

interface Column {
  readonly heading: string;
  readonly record: AnyRecord;
  readonly agreements: ReadonlyMap<IdentityField, Agreement>;
}

const SOURCES = { 'id-card': 'carte CNI', 'birth-record': 'acte de naissance' } as const;

/** Records in one table; more would not fit a screen. */
const COLUMNS = 3;

/** Tables of the RNU line beside every record. `full` shows whole numbers. Holds personal data. */
export function recordTables(reviewed: ReviewCase, full: boolean): readonly string[] {
  const columns: readonly Column[] = [
    ...reviewed.candidates.map(({ number, source, record, comparison }) => ({
      heading: `fiche ${number} : ${SOURCES[source]}`,
      record,
      agreements: agreementsOf(comparison.certificate),
    })),
    ...reviewed.covers.map(({ record, comparison }) => ({
      heading: `SIGICMU ${record.registrationCode}`,
      record,
      agreements: agreementsOf(comparison.certificate),
    })),
  ];
  const pages = Math.max(1, Math.ceil(columns.length / COLUMNS));
  return Array.from({ length: pages }, (_, page) =>
    tableText(reviewed, columns.slice(page * COLUMNS, (page + 1) * COLUMNS), full),
  );
}

function agreementsOf(
  certificate: readonly { readonly field: IdentityField; readonly agrees: Agreement }[],
): ReadonlyMap<IdentityField, Agreement> {
  return new Map(certificate.map(({ field, agrees }) => [field, agrees]));
}

function tableText({ member, household }: ReviewCase, columns: readonly Column[], full: boolean): string {
  const number = (text: string | null): string => (full ? (text ?? '') : masked(text));
  const row = (
    label: string,
    fields: readonly IdentityField[],
    rnu: string,
    of: (record: AnyRecord) => string,
  ): readonly string[] => [label, rnu, ...columns.map((column) => `${mark(column, fields)}${of(column.record)}`)];
  const rows = [
    ['', 'RNU', ...columns.map(({ heading }) => `  ${heading}`)],
    row('Prénoms et nom', ['given-names', 'family-name'], member.fullName, (r) => `${r.givenNames} ${r.familyName}`),
    row('Surnom', [], member.nickname ?? '', () => ''),
    row('Sexe', ['sex'], member.sex ?? '', (r) => r.sex ?? ''),
    row('Naissance', ['birth'], formatPartialDateFrench(member.birth), (r) => formatPartialDateFrench(r.birth)),
    row('Lieu', [], household.commune, (r) => ('birthPlace' in r ? (r.birthPlace ?? '') : '')),
    row('NIN', ['national-id'], number(member.nationalId), (r) => number(r.nationalId)),
    row('Père', ['father'], member.fatherName ?? '', (r) =>
      'fatherGivenNames' in r ? (r.fatherGivenNames ?? '') : '',
    ),
    row('Mère', ['mother'], member.motherName ?? '', motherOf),
    row('Acte, code', [], number(member.birthExtractNumber), (r) => number(keyOf(r))),
    row('Validité', [], '', validityOf),
    row('Décès', [], '', (r) => ('deceased' in r && r.deceased ? 'SIGNALÉ' : '')),
  ];
  return aligned(rows.filter((cells, index) => index === 0 || cells.slice(1).some((cell) => cell.trim() !== '')));
}

/** `≠` where the values differ, `≈` where they agree in part. */
function mark({ agreements }: Column, fields: readonly IdentityField[]): string {
  const found = fields.map((field) => agreements.get(field));
  if (found.includes('no')) return '≠ ';
  return found.includes('partly') ? '≈ ' : '  ';
}

function motherOf(record: AnyRecord): string {
  if (!('motherGivenNames' in record)) return '';
  return [record.motherGivenNames, record.motherFamilyName].filter((part) => part !== null).join(' ');
}

function keyOf(record: AnyRecord): string | null {
  return 'recordKey' in record ? record.recordKey : null;
}

function validityOf(record: AnyRecord): string {
  if ('cardExpiry' in record) return record.cardExpiry === null ? '' : `jusqu’au ${frenchDate(record.cardExpiry)}`;
  if (!('coverEnd' in record)) return '';
  return `${record.scheme}, jusqu’au ${frenchDate(record.coverEnd)}${record.active ? '' : ', suspendue'}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows
    .map((cells) => `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
