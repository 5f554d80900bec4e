import type { AttemptOperation, AttemptResultTable } from '../../store/schema.ts';

/** What people read for each call. */
export const OPERATION_LABELS: Readonly<Record<AttemptOperation, string>> = {
  cover: 'SIGICMU, droits existants',
  'cover-search': 'SIGICMU, droits existants sous le nom des papiers',
  'id-card': 'DAF, carte d’identité',
  'birth-record': 'État civil, acte par numéro d’extrait',
  'birth-record-search': 'État civil, acte par nom et date de naissance',
  register: 'SIGICMU, demande d’enrôlement',
  'find-registration': 'SIGICMU, recherche de la demande envoyée',
};

/** What people read for the end of a call. */
export const OUTCOME_LABELS: Readonly<Record<AttemptResultTable['outcome'], string>> = {
  answer: 'réponse reçue',
  refusal: 'refus motivé du service',
  transient: 'non traité, incident passager',
  route: 'non traité, liaison interrompue',
  message: 'non traité, demande irrecevable',
  unknown: 'issue inconnue',
};

const SOURCE_LABELS: Readonly<Record<string, string>> = {
  cover: 'Droits connus de SIGICMU',
  'id-card': 'Fichier CNI (DAF)',
  'birth-record': 'Registre d’état civil',
  'rnu-line': 'Autre ligne du RNU',
  'other-line': 'Autre ligne du RNU',
  review: 'Choix de l’agent',
};

/** What people read for the origin of a compared record. */
export function sourceLabel(source: string): string {
  return SOURCE_LABELS[source] ?? source;
}

/** Who decided, in words: the worker, an import, or a named person. */
export function deciderLabel(decidedBy: string): string {
  if (decidedBy === 'machine') return 'la machine';
  return decidedBy === 'import' ? 'l’import d’une ligne modifiée' : decidedBy;
}
