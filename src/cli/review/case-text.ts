import { frenchInteger } from '../../domain/french/numbers.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { blocks, REASONS } from '../../domain/reasons.ts';
import { certificateText } from '../../matching/certificate-text.ts';
import type { IdentityComparison } from '../../matching/identity-comparison.ts';
import { toldComparison } from '../../pipeline/explain/comparison.ts';
import type { ReviewCase } from '../../pipeline/review/review-case.ts';
import { recordTables } from './records-table.ts';

/** How a case is shown. */
export interface CaseView {
  /** Whole numbers instead of their last four signs. */
  readonly full: boolean;
  readonly timeZone: string;
}

/** A case as a reviewer reads it: the records side by side, why the machine doubted, what can be done. */
export function caseText(reviewed: ReviewCase, { full, timeZone }: CaseView): string {
  const { member, household, reasons } = reviewed;
  const place = [household.region, household.departement, household.commune].filter((part) => part !== '').join(' / ');
  return [
    `Dossier n° ${reviewed.id} — ${member.fullName} (${member.ref}) — ${STATE_LABELS[reviewed.state]}`,
    `Ménage ${household.ref}, ${place}`,
    '',
    ...recordTables(reviewed, full).flatMap((table) => [table, '']),
    ...(reviewed.candidates.length + reviewed.covers.length === 0
      ? ['  Aucune fiche trouvée dans les registres.', '']
      : []),
    `≠ différent   ≈ en partie${full ? '' : '   Les numéros sont masqués, sauf leur fin (--full --by NOM les montre).'}`,
    ...section('Pourquoi la machine a douté', reasons.filter(blocks).flatMap(reasonLines)),
    ...section('Comparaison, fiche par fiche', comparisonLines(reviewed, full)),
    ...section('Autres lignes qui peuvent être la même personne', sharingLines(reviewed)),
    ...section('Ménage', memberLines(reviewed)),
    ...section('Décisions', historyLines(reviewed, timeZone)),
    ...section('Ce que vous pouvez faire', actionLines(reviewed)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title} :`, ...lines.map((line) => `  ${line}`)];
}

function reasonLines(code: keyof typeof REASONS): readonly string[] {
  const { title, explanation, remedy, office } = REASONS[code];
  return [`${title} (${code}) — doit agir : ${OFFICE_LABELS[office]}`, `  ${explanation}`, `  → ${remedy}`];
}

function comparisonLines({ candidates, covers }: ReviewCase, full: boolean): readonly string[] {
  const text = (certificate: IdentityComparison): readonly string[] =>
    (full ? certificateText(certificate) : toldComparison(certificate).text).map((line) => `  ${line}`);
  return [
    ...candidates.flatMap(({ number, certificate }) => [`Fiche ${number}`, ...text(certificate)]),
    ...covers.flatMap(({ record, certificate }) => [`SIGICMU ${record.registrationCode}`, ...text(certificate)]),
  ];
}

function sharingLines({ sharing, group }: ReviewCase): readonly string[] {
  const lines = sharing.map(
    ({ ref, fullName, householdRef, state }) =>
      `${ref}   ${fullName}   ménage ${householdRef}   ${STATE_LABELS[state]}`,
  );
  // Two lines are the pair itself; more are told together, so that they are decided together.
  const together = group.references.length > 2 || group.more;
  return together ? [...lines, `Forment un groupe : ${group.references.join(', ')}${group.more ? '…' : ''}`] : lines;
}

function memberLines({ others }: ReviewCase): readonly string[] {
  return others.map(
    ({ ref, fullName, isHead, state }) => `${ref}   ${fullName}${isHead ? ' (chef)' : ''}   ${STATE_LABELS[state]}`,
  );
}

function historyLines({ decisions }: ReviewCase, timeZone: string): readonly string[] {
  const time = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return decisions.map(({ decidedAt, from, to, decidedBy, because, reasons, ruleVersion }) => {
    const who = decidedBy === 'machine' ? `machine (règles ${ruleVersion})` : decidedBy;
    const why = because ?? reasons.map((code) => REASONS[code].title).join(' ; ');
    return `${time.format(decidedAt)}   ${STATE_LABELS[from]} → ${STATE_LABELS[to]}   ${who}${why === '' ? '' : ` : ${why}`}`;
  });
}

function actionLines({ id, state, sends, sharing }: ReviewCase): readonly string[] {
  if (state !== 'needs-review')
    return [`Rien : la personne n’attend pas de décision (${STATE_LABELS[state].toLowerCase()}).`];
  const who = '--by NOM --because RAISON';
  const committed = sharing.filter((one) => one.committed).map(({ ref }) => ref);
  return [
    `pnbsf-cmu review confirm ${id}${committed.length > 0 ? ` --distinct-from ${committed.join(',')}` : ''} ${who}`,
    ...(sends > 0
      ? [`  (${frenchInteger(sends)} envoi déjà fait : SIGICMU sera interrogé avant tout nouvel envoi)`]
      : []),
    `pnbsf-cmu review discard ${id} --as duplicate|deceased|out-of-scope ${who}`,
    `pnbsf-cmu reprocess --person ${id} ${who}   (vérifier à nouveau, si un registre a été corrigé)`,
  ];
}
