/**
 * What may differ between the RNU as we received it, our own records and SIGICMU, and who resolves it. The machine only
 * names a difference: to register, to cancel or to correct on either side is for the office named here.
 */
import type { Office } from './reasons.ts';

export interface Difference {
  readonly title: string;
  readonly explanation: string;
  readonly remedy: string;
  readonly office: Office;
}

const difference = (office: Office, title: string, explanation: string, remedy: string): Difference => ({
  office,
  title,
  explanation,
  remedy,
});

/** The catalogue, in the order in which reports list it: what endangers people or money first. */
export const DIFFERENCES = {
  'amount-not-zero': difference(
    'SIGICMU',
    'Montant payé différent de zéro',
    'L’enrôlement est gratuit ; une somme est inscrite pour le bénéficiaire. L’exécution est arrêtée.',
    'Annuler la somme et rembourser la famille, puis relancer l’exécution (run release).',
  ),
  twice: difference(
    'SIGICMU',
    'Enregistré deux fois dans SIGICMU',
    'SIGICMU porte plusieurs adhésions pour la même demande.',
    'Garder l’adhésion dont le code est inscrit ici, annuler l’autre et la subvention versée en double.',
  ),
  'deceased-covered': difference(
    'ANACMU',
    'Décès signalé, mais couvert dans SIGICMU',
    'Un registre ou un agent signale un décès ; SIGICMU porte des droits ouverts.',
    'Vérifier l’acte de décès ; s’il est confirmé, faire fermer les droits, sinon rectifier le registre.',
  ),
  'discarded-covered': difference(
    'ANACMU',
    'Écarté par un agent, mais couvert dans SIGICMU',
    'Une décision écarte la personne (doublon, hors périmètre) ; SIGICMU porte une adhésion pour elle.',
    'Relire la décision ; si elle tient, faire annuler l’adhésion.',
  ),
  'left-rnu': difference(
    'RNU',
    'Ménage sorti du PNBSF, mais couvert',
    'Le RNU donne le ménage pour sorti du programme ; SIGICMU porte des droits ouverts.',
    'Confirmer la sortie et sa date ; la couverture court jusqu’à son terme sauf décision contraire.',
  ),
  'unknown-to-rnu': difference(
    'ANACMU',
    'Présent dans SIGICMU, inconnu du RNU',
    'SIGICMU porte une adhésion de la campagne pour une référence qu’aucun lot reçu ne contient.',
    'Demander à SIGICMU qui l’a saisie ; vérifier la référence avec le RNU, ou faire annuler l’adhésion.',
  ),
  'only-there': difference(
    'ANACMU',
    'Présent dans SIGICMU, sans enrôlement ici',
    'La personne est connue du RNU, mais nous n’avons enregistré aucune adhésion pour elle.',
    'Comparer l’adhésion au dossier ; si elle est juste, confirmer la personne comme déjà enrôlée.',
  ),
  'only-here': difference(
    'SIGICMU',
    'Enregistré ici, absent de SIGICMU',
    'SIGICMU a répondu que l’adhésion était faite, et ne la liste pas.',
    'Chercher l’adhésion par sa référence ; si elle manque, la faire rétablir avant que la famille ne se soigne.',
  ),
  'only-rnu': difference(
    'ANACMU',
    'Reçu du RNU, sans dossier ici ni dans SIGICMU',
    'La personne figure dans un lot reçu et n’a aucun enrôlement dans la campagne.',
    'Importer de nouveau le lot, puis lancer une exécution ; prévenir l’équipe technique.',
  ),
  'code-differs': difference(
    'SIGICMU',
    'Codes d’immatriculation différents',
    'Le code donné à l’enrôlement n’est pas celui que SIGICMU liste.',
    'Faire dire par SIGICMU lequel est valable, et vérifier la carte remise à la famille.',
  ),
  'cover-differs': difference(
    'SIGICMU',
    'Dates de droits différentes',
    'Le début ou la fin des droits n’est pas ce qui a été enregistré.',
    'Faire corriger les dates par SIGICMU.',
  ),
  'subsidy-differs': difference(
    'SIGICMU',
    'Subventions différentes',
    'Le montant de la part de l’État n’est pas celui qui a été demandé.',
    'Faire corriger le montant avant l’appel de fonds.',
  ),
  'names-differ': difference(
    'SIGICMU',
    'Noms différents',
    'SIGICMU porte un autre nom que celui sous lequel l’adhésion a été demandée.',
    'Comparer aux papiers ; faire corriger le registre qui se trompe.',
  ),
  'insurer-differs': difference(
    'SIGICMU',
    'Assureurs différents',
    'L’adhésion est rattachée à un autre assureur (UDAM, mutuelle) que celui du département.',
    'Faire rattacher l’adhésion à l’assureur du lieu de résidence.',
  ),
  'holder-differs': difference(
    'SIGICMU',
    'Titulaires différents',
    'L’ayant droit n’est pas rattaché au titulaire de son ménage.',
    'Faire rattacher l’ayant droit au titulaire inscrit ici.',
  ),
  'read-back-doubtful': difference(
    'SIGICMU',
    'Liste de SIGICMU incohérente',
    'Les pages lues se répètent ou ne font pas le total annoncé, plusieurs fois de suite : les écarts « absent » ou « deux fois » peuvent venir de là.',
    'Signaler l’incident à SIGICMU ; le rapprochement est refait par la prochaine exécution.',
  ),
} as const satisfies Readonly<Record<string, Difference>>;

export type DifferenceKind = keyof typeof DIFFERENCES;

/** All kinds, in catalogue order. */
export const DIFFERENCE_KINDS = Object.keys(DIFFERENCES) as readonly DifferenceKind[];

/** How many differences of each kind a run has; every kind is present, also with 0. */
export type DifferenceCounts = Readonly<Record<DifferenceKind, number>>;
