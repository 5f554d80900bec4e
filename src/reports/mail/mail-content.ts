import { outcomeWords } from '../../domain/french/outcome-words.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { frenchDate, frenchInteger, frenchPercent } from '../../domain/french/numbers.ts';
import { ENROLMENT_STATES } from '../../domain/enrolment-state.ts';
import type { MailRole } from '../../domain/mail-recipients.ts';
import { equityGaps } from '../indicators/equity.ts';
import { enrolmentRate, operationLabel } from '../indicators/indicators.ts';
import type { RunFigures } from '../indicators/run-figures.ts';
import { MAILED_DIFFERENCES } from '../lines/differences-list.ts';
import type { ActingOffice } from '../lines/office-lists.ts';
import { runWords } from './run-words.ts';

/** One figure of a mail, its part of a whole where it is one. */
export interface MailFigure {
  readonly label: string;
  readonly count: number;
  readonly of: number | null;
}

/** What a mail says, before it is text or HTML. */
export interface MailContent {
  readonly subject: string;
  readonly title: string;
  /** One sentence that says whether all is well. */
  readonly verdict: string;
  readonly wellEnded: boolean;
  readonly figures: readonly MailFigure[];
  /** People by outcome, for the chart; only outcomes that occur. */
  readonly outcomes: readonly MailFigure[];
  readonly offices: readonly MailFigure[];
  /** Title of the sentences below. */
  readonly sentencesTitle: string;
  readonly sentences: readonly string[];
}

/** People who wait, by office that must act, as the lists of the report count them. */
export type OfficeTasks = Readonly<Record<ActingOffice, number>>;

export interface MailQuestion {
  readonly role: MailRole;
  readonly region: string;
  readonly offices: OfficeTasks;
  readonly smallestGroup: number;
}

/** What a recipient reads about a run: the whole country's figures, or those of their région. */
export function mailContent(figures: RunFigures, question: MailQuestion): MailContent {
  return question.role === 'region' ? regionContent(figures, question) : wholeContent(figures, question);
}

function wholeContent(figures: RunFigures, { role, offices, smallestGroup }: MailQuestion): MailContent {
  const { summary, households } = figures;
  const { covered, eligible } = enrolmentRate(summary);
  const { enrolled, renewed } = summary.outcomes;
  const toReview = summary.outcomes['needs-review'];
  const day = frenchDate(summary.runDate);
  const { what, title } = runWords(summary);
  return {
    subject:
      role === 'exploitation'
        ? `PNBSF-CMU, exploitation : ${what} du ${day} (n° ${summary.run}), close`
        : `PNBSF-CMU : ${what} du ${day}, ${plural(enrolled + renewed, 'personne enrôlée', 'personnes enrôlées')}, ${frenchInteger(toReview)} à vérifier`,
    title: title.charAt(0).toUpperCase() + title.slice(1),
    ...verdict(figures, `\u00a0: voir ${MAILED_DIFFERENCES.file}`),
    figures: [
      { label: 'Personnes traitées', count: summary.people, of: null },
      { label: 'Enrôlements et renouvellements', count: enrolled + renewed, of: summary.people },
      { label: 'Personnes couvertes', count: covered, of: eligible },
      { label: 'Ménages entièrement couverts', count: households.complete, of: households.all },
      { label: 'À vérifier par un agent', count: toReview, of: summary.people },
      ...deltaFigures(figures),
    ],
    outcomes: ENROLMENT_STATES.filter((state) => summary.outcomes[state] > 0).map((state) => ({
      label: outcomeWords(state, summary.shadow && state === 'confirmed' ? ['ENVOI_A_BLANC'] : []).label,
      count: summary.outcomes[state],
      of: summary.people,
    })),
    offices: (Object.keys(offices) as ActingOffice[])
      .filter((office) => offices[office] > 0)
      .map((office) => ({ label: OFFICE_LABELS[office], count: offices[office], of: null })),
    sentencesTitle: role === 'exploitation' ? 'Services' : 'Équité',
    sentences:
      role === 'exploitation'
        ? serviceSentences(figures)
        : equityGaps(figures.groups, smallestGroup).map(({ sentence }) => sentence),
  };
}

/** What the RNU changed, who left its list, and whose cover ends; only what occurs. */
function deltaFigures({ summary, renewals }: RunFigures): readonly MailFigure[] {
  return [
    { label: 'Modifiées par le RNU', count: summary.changed, of: null },
    { label: 'Absentes de la dernière liste du RNU', count: summary.leavers, of: null },
    ...renewals
      .slice(0, 1)
      .map(({ days, people }) => ({ label: `Droits prenant fin sous ${days} jours`, count: people, of: null })),
  ].filter(({ count }) => count > 0);
}

function serviceSentences({ services }: RunFigures): readonly string[] {
  return services.map(
    ({ operation, calls, answered, meanMs, longestMs }) =>
      `${operationLabel(operation)} : ${figureText({ label: '', count: answered, of: calls })} appels aboutis, ` +
      `${frenchInteger(Math.round(meanMs))} ms en moyenne, ${frenchInteger(Math.round(longestMs))} ms au plus.`,
  );
}

function regionContent(figures: RunFigures, { region }: MailQuestion): MailContent {
  const { summary } = figures;
  const group = figures.groups.find(({ by, value }) => by === 'region' && value === region);
  const { people = 0, eligible = 0, covered = 0, enrolled = 0, toReview = 0, waiting = 0 } = group ?? {};
  const day = frenchDate(summary.runDate);
  const { what, title } = runWords(summary);
  return {
    subject: `PNBSF-CMU, ${region} : ${what} du ${day}, ${plural(enrolled, 'personne enrôlée', 'personnes enrôlées')}, ${frenchInteger(toReview)} à vérifier`,
    title: `${region} : ${title}`,
    // The list of differences is the whole country's, and stays with those who read it.
    ...verdict(figures, ' dans tout le pays'),
    figures: [
      { label: 'Personnes traitées', count: people, of: null },
      { label: 'Enrôlements et renouvellements', count: enrolled, of: people },
      { label: 'Personnes couvertes', count: covered, of: eligible },
      { label: 'À vérifier par un agent', count: toReview, of: people },
      { label: 'En attente, tous lots confondus', count: waiting, of: null },
    ],
    outcomes: [
      { label: 'Enrôlé(e)s et renouvelé(e)s', count: enrolled, of: people },
      { label: 'Déjà enrôlé(e)s', count: covered - enrolled, of: people },
      { label: 'À vérifier', count: toReview, of: people },
      { label: 'Autres', count: people - covered - toReview, of: people },
    ].filter(({ count }) => count > 0),
    offices: [],
    sentencesTitle: '',
    sentences: [],
  };
}

function verdict(
  { summary, differences, counts }: RunFigures,
  where: string,
): Pick<MailContent, 'verdict' | 'wellEnded'> {
  const sums = summary.balanced
    ? 'Les comptes sont justes : chaque personne reçue a un résultat.'
    : 'ATTENTION : les comptes ne sont pas équilibrés.';
  const differenceCount = Object.values(differences).reduce((sum, count) => sum + count, 0);
  const both =
    differenceCount === 0
      ? 'SIGICMU et nos registres concordent.'
      : `${plural(differenceCount, 'écart', 'écarts')} avec SIGICMU${where}.`;
  const free = counts.charged === 0 ? '' : ' ATTENTION : une somme a été demandée à des bénéficiaires.';
  return {
    verdict: `${runWords(summary).caution}${sums} ${both}${free}`,
    wellEnded: summary.balanced && differenceCount === 0 && counts.charged === 0,
  };
}

function plural(count: number, one: string, several: string): string {
  return `${frenchInteger(count)} ${count < 2 ? one : several}`;
}

/** `530 sur 1 200 (44,2 %)`, or the count alone. */
export function figureText({ count, of }: MailFigure): string {
  return of === null
    ? frenchInteger(count)
    : `${frenchInteger(count)} sur ${frenchInteger(of)} (${frenchPercent(count, of)})`;
}
