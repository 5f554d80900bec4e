import { writeFile } from 'node:fs/promises';
import { COVERED_STATES, ENROLMENT_STATES } from '../domain/enrolment-state.ts';
import { frenchDate } from '../domain/french/numbers.ts';
import { STATE_LABELS } from '../domain/french/state-labels.ts';
import { REASONS, type ReasonCode } from '../domain/reasons.ts';
import type { Executor } from '../store/database.ts';
import { countDifferences } from '../store/run/remote-registrations.ts';
import { countReasons } from '../store/run/report-rows.ts';
import type { RunSummary } from '../store/run/run-summary.ts';
import { BYTE_ORDER_MARK, csvLine, type Cell } from '../domain/french/csv.ts';

/** One figure of a run, with what it is a part of; a rate without its two numbers is never printed. */
export interface Indicator {
  readonly group: string;
  readonly label: string;
  readonly count: number;
  readonly of: number | null;
}

/** The figures of a run in the order reports print them. */
export async function indicators(db: Executor, summary: RunSummary): Promise<readonly Indicator[]> {
  const { outcomes, people } = summary;
  const differences = await countDifferences(db, summary.run);
  const reasons = await countReasons(db, summary.run);
  const covered = COVERED_STATES.reduce((sum, state) => sum + outcomes[state], 0);
  const eligible = people - outcomes['discarded-duplicate'] - outcomes['discarded-deceased'] - outcomes['out-of-scope'];
  const figure = (group: string, label: string, count: number, of: number | null = null): Indicator => ({
    group,
    label,
    count,
    of,
  });
  return [
    figure('Réception', 'Lignes reçues', summary.linesRead),
    figure('Réception', 'Lignes acceptées', summary.accepted, summary.linesRead),
    figure('Réception', 'Lignes répétées', summary.repeats, summary.linesRead),
    figure('Réception', 'Lignes illisibles', summary.unreadable, summary.linesRead),
    figure('Réception', 'Ménages', summary.households),
    figure('Réception', 'Personnes', people),
    ...ENROLMENT_STATES.map((state) => figure('Résultat', STATE_LABELS[state], outcomes[state], people)),
    figure('Taux', 'Taux d’enrôlement', covered, eligible),
    ...(Object.keys(REASONS) as ReasonCode[])
      .filter((code) => reasons.has(code))
      .map((code) => figure('Motif', REASONS[code].title, reasons.get(code) ?? 0, people)),
    figure('Rapprochement avec SIGICMU', 'Enregistré ici, absent de SIGICMU', differences.onlyHere),
    figure('Rapprochement avec SIGICMU', 'Présent dans SIGICMU, inconnu ici', differences.onlyThere),
    figure('Rapprochement avec SIGICMU', 'Enregistré deux fois dans SIGICMU', differences.twice),
    figure('Rapprochement avec SIGICMU', 'Enregistrements différents', differences.differs),
    figure('Rapprochement avec SIGICMU', 'Montant payé différent de zéro', differences.amountNotZero),
  ];
}

/** Writes `synthese.csv`: the figures of a run, each with numerator and denominator. */
export async function writeSummaryCsv(db: Executor, summary: RunSummary, path: string): Promise<void> {
  const head: readonly (readonly Cell[])[] = [
    ['Exécution', summary.run, null, null, null],
    ['Date', frenchDate(summary.runDate), null, null, null],
    ['Campagne', summary.campaign, null, null, null],
    ['Comptes équilibrés', summary.balanced ? 'oui' : 'non', null, null, null],
    ['Rubrique', 'Indicateur', 'Nombre', 'Sur', 'Taux (%)'],
  ];
  const rows = (await indicators(db, summary)).map((one) => [one.group, one.label, one.count, one.of, rate(one)]);
  await writeFile(path, BYTE_ORDER_MARK + [...head, ...rows].map(csvLine).join(''), { mode: 0o600 });
}

/** `38,4` as text Excel reads as a number in French; empty when there is nothing to divide by. */
function rate({ count, of }: Indicator): string | null {
  return of === null || of === 0 ? null : ((100 * count) / of).toFixed(1).replace('.', ',');
}
