import { parseDuplicatePolicy } from '../../../matching/match-keys/duplicate-policy.ts';
import { above, below, type PolicyKind } from '../policy-kind.ts';

/** `names/duplicate-policy.json`: when two lines of the RNU may be one human. */
export const duplicatePolicyKind: PolicyKind = {
  kind: 'duplicate-policy',
  path: 'names/duplicate-policy.json',
  title: 'Doublons parmi les lignes du RNU',
  signature: ['linkFrom', 'linesOfOne'],
  parse: parseDuplicatePolicy,
  sections: [
    {
      title: 'Doublons',
      members: [
        { member: 'version', meaning: 'nom de cette version' },
        {
          member: 'reviewFrom',
          meaning: 'probabilité d’être une seule personne à partir de laquelle un agent regarde',
        },
        { member: 'linkFrom', meaning: 'probabilité à partir de laquelle deux liens en font un troisième' },
        { member: 'linesNamed', meaning: 'autres lignes dont la comparaison est gardée dans le certificat' },
        { member: 'linesOfOne', meaning: 'au-delà de ce nombre de lignes, un groupe est signalé comme tel' },
      ],
    },
  ],
  dangers: [
    { member: 'reviewFrom', when: above(0.5), text: 'des doublons probables seraient enrôlés deux fois' },
    { member: 'reviewFrom', when: below(0.05), text: 'beaucoup de jumeaux et d’homonymes iraient à un agent' },
    { member: 'linkFrom', when: below(0.9), text: 'des voisins seraient réunis de proche en proche' },
  ],
};
