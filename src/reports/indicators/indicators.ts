import { DIFFERENCE_KINDS, DIFFERENCES } from '../../domain/differences.ts';
import { COVERED_STATES, ENROLMENT_STATES, type EnrolmentState } from '../../domain/enrolment-state.ts';
import { frenchDate } from '../../domain/french/numbers.ts';
import { STATE_LABELS, WOULD_BE_ENROLLED } from '../../domain/french/state-labels.ts';
import { REASONS, type ReasonCode } from '../../domain/reasons.ts';
import type { RunSummary } from '../../store/run/run-summary.ts';
import { fact, figure, type Indicator } from './indicator.ts';
import { BREAKDOWNS, type PeopleGroup } from './people-groups.ts';
import type { RunFigures } from './run-figures.ts';

/** The figures of a run in the order reports print them: the whole run first, then each breakdown. */
export function indicators(figures: RunFigures): readonly Indicator[] {
  return [
    ...identity(figures),
    ...reception(figures),
    ...outcomes(figures),
    ...reasons(figures),
    ...reconciliation(figures),
    ...services(figures),
    ...figures.groups.flatMap(ofGroup),
  ];
}

/** Covered people, and those the rate of enrolment counts: everybody but the discarded. */
export function enrolmentRate({ outcomes, people }: RunFigures['summary']): { covered: number; eligible: number } {
  const discarded = outcomes['discarded-duplicate'] + outcomes['discarded-deceased'] + outcomes['out-of-scope'];
  return { covered: COVERED_STATES.reduce((sum, state) => sum + outcomes[state], 0), eligible: people - discarded };
}

function outcomeLabel(state: EnrolmentState, { shadow }: RunSummary): string {
  return shadow && state === 'confirmed' ? WOULD_BE_ENROLLED : STATE_LABELS[state];
}

/** What makes the run another than an ordinary night; nothing for one. */
function care({ kind, shadow, maxWrites, writes }: RunSummary): readonly Indicator[] {
  if (shadow) return [fact('Exécution', 'Sorte', 'à blanc : personne n’a été enrôlé')];
  if (kind === 'staff') return [fact('Exécution', 'Sorte', 'décisions des agents seulement')];
  if (maxWrites === null) return [];
  return [fact('Exécution', 'Sorte', `plafonnée : ${writes ?? 0} demandes envoyées sur ${maxWrites}`)];
}

function identity({ summary, batches }: RunFigures): readonly Indicator[] {
  return [
    fact('Exécution', 'Numéro', summary.run),
    ...care(summary),
    fact('Exécution', 'Date', frenchDate(summary.runDate)),
    fact('Exécution', 'Campagne', summary.campaign),
    fact('Exécution', 'Comptes équilibrés', summary.balanced ? 'oui' : 'non'),
    ...batches.flatMap(({ number, sourceName, sha256 }) => [
      fact('Lot', number, sourceName),
      fact('Lot', `${number} : empreinte SHA-256`, sha256),
    ]),
  ];
}

function reception({ summary }: RunFigures): readonly Indicator[] {
  const { linesRead } = summary;
  return [
    figure('Réception', 'Lignes reçues', linesRead),
    figure('Réception', 'Lignes acceptées', summary.accepted, linesRead),
    figure('Réception', 'Lignes répétées', summary.repeats, linesRead),
    figure('Réception', 'Lignes illisibles', summary.unreadable, linesRead),
    figure('Réception', 'Ménages', summary.households),
    figure('Réception', 'Personnes', summary.people),
    figure('RNU', 'Personnes modifiées', summary.changed),
    figure('RNU', 'Absentes de la dernière liste complète', summary.leavers),
    figure('RNU', 'dont nouvelles', summary.newLeavers, summary.leavers),
  ];
}

function outcomes({ summary, counts, households, renewals }: RunFigures): readonly Indicator[] {
  const { people } = summary;
  const { covered, eligible } = enrolmentRate(summary);
  const matched = counts.confirmedByCard + counts.confirmedByBirthRecord;
  return [
    ...ENROLMENT_STATES.map((state) =>
      figure('Résultat', outcomeLabel(state, summary), summary.outcomes[state], people),
    ),
    figure('Identité', 'Confirmée par la carte (DAF)', counts.confirmedByCard, people),
    figure('Identité', 'Confirmée par l’état civil', counts.confirmedByBirthRecord, people),
    figure('Taux', 'Taux d’appariement', matched, people),
    figure('Taux', 'Taux d’enrôlement', covered, eligible),
    figure('Taux', 'Taux d’enrôlement complet des ménages', households.complete, households.all),
    figure('Montants', 'Subvention de l’État (FCFA)', counts.subsidy),
    figure('Montants', 'Payé par les bénéficiaires (FCFA)', counts.charged),
    ...renewals.map(({ days, people: due }) => figure('Renouvellements', `Droits prenant fin sous ${days} jours`, due)),
  ];
}

function reasons({ reasons: counted, summary }: RunFigures): readonly Indicator[] {
  return (Object.keys(REASONS) as ReasonCode[])
    .filter((code) => counted.has(code))
    .map((code) => figure('Motif', REASONS[code].title, counted.get(code) ?? 0, summary.people));
}

function reconciliation({ differences }: RunFigures): readonly Indicator[] {
  return DIFFERENCE_KINDS.map((kind) =>
    figure('Rapprochement avec SIGICMU', DIFFERENCES[kind].title, differences[kind]),
  );
}

const OPERATION_LABELS: Readonly<Record<string, string>> = {
  cover: 'Recherche de droits (SIGICMU)',
  'cover-search': 'Seconde recherche de droits (SIGICMU)',
  'id-card': 'Carte d’identité (DAF)',
  'birth-record': 'Acte de naissance par numéro (état civil)',
  'birth-record-search': 'Acte de naissance par identité (état civil)',
  register: 'Adhésion (SIGICMU)',
  'find-registration': 'Recherche d’une adhésion (SIGICMU)',
};

/** What people read for an operation of a partner. */
export function operationLabel(operation: string): string {
  return OPERATION_LABELS[operation] ?? operation;
}

function services({ services: operations }: RunFigures): readonly Indicator[] {
  return operations.flatMap(({ operation, calls, answered, meanMs, longestMs }) => {
    const label = operationLabel(operation);
    return [
      figure('Disponibilité des services', label, answered, calls),
      figure('Délai moyen (ms)', label, Math.round(meanMs)),
      figure('Délai maximal (ms)', label, Math.round(longestMs)),
    ];
  });
}

function ofGroup({ by, value, ...group }: PeopleGroup): readonly Indicator[] {
  const broken = (label: string, count: number, of: number | null = null): Indicator => ({
    group: 'Ventilation',
    label,
    by: BREAKDOWNS[by],
    value,
    count,
    of,
  });
  return [
    broken('Personnes', group.people),
    broken('Enrôlements et renouvellements', group.enrolled, group.people),
    broken('Taux d’enrôlement', group.covered, group.eligible),
    broken('À vérifier', group.toReview, group.people),
    broken('En attente d’une décision, tous lots confondus', group.waiting),
  ];
}
