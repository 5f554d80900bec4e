import type { EnrolmentState } from '../enrolment-state.ts';

/** What people read for each state. */
export const STATE_LABELS: Readonly<Record<EnrolmentState, string>> = {
  received: 'Reçu(e)',
  confirmed: 'Identité confirmée',
  sending: 'Envoi en cours',
  enrolled: 'Enrôlé(e)',
  'already-enrolled': 'Déjà enrôlé(e)',
  renewed: 'Droits renouvelés',
  'needs-review': 'À vérifier',
  deferred: 'Reporté(e)',
  'outcome-unknown': 'Issue inconnue',
  'discarded-duplicate': 'Écarté(e) : doublon',
  'discarded-deceased': 'Écarté(e) : décès',
  'out-of-scope': 'Hors périmètre',
};

/** Codes of the outcomes in the agency's files. */
export const STATE_CODES: Readonly<Record<EnrolmentState, string>> = {
  received: 'RECU',
  confirmed: 'IDENTITE_CONFIRMEE',
  sending: 'ENVOI_EN_COURS',
  enrolled: 'ENROLE',
  'already-enrolled': 'DEJA_ENROLE_A_JOUR',
  renewed: 'RENOUVELE',
  'needs-review': 'A_VERIFIER',
  deferred: 'REPORTE',
  'outcome-unknown': 'ISSUE_INCONNUE',
  'discarded-duplicate': 'ECARTE_DOUBLON',
  'discarded-deceased': 'ECARTE_DECES',
  'out-of-scope': 'HORS_PERIMETRE',
};

/** What people read for a person whom a rehearsal would have enrolled, and the code in the agency's files. */
export const WOULD_BE_ENROLLED = 'Serait enrôlé(e)';
export const WOULD_BE_ENROLLED_CODE = 'SERAIT_ENROLE';
