import type { AttemptOperation } from '../../store/schema.ts';

/** The calls made to each partner about a person; nothing about a person is asked of the RNU. */
export const OPERATIONS_OF = {
  cni: ['id-card'],
  'etat-civil': ['birth-record', 'birth-record-search'],
  sigicmu: ['cover', 'cover-search', 'register', 'find-registration'],
} as const satisfies Readonly<Record<string, readonly AttemptOperation[]>>;
