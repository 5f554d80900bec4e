import type { Office } from '../reasons.ts';

/** What people read for the office that must act. */
export const OFFICE_LABELS: Readonly<Record<Office, string>> = {
  RNU: 'DGPSN (RNU)',
  'etat-civil': 'État civil',
  DAF: 'DAF',
  SIGICMU: 'SIGICMU',
  ANACMU: 'ANACMU',
  none: '',
};
