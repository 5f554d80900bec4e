import { parseIdentityWeights } from '../../../matching/scoring/identity-weights.ts';
import { above, below, type PolicyKind } from '../policy-kind.ts';

/** `names/identity-weights.json`: what each agreement is worth when one person is compared with one record. */
export const identityWeightsKind: PolicyKind = {
  kind: 'identity-weights',
  path: 'names/identity-weights.json',
  title: 'Poids des indices d’identité',
  signature: ['routes', 'fields', 'names'],
  parse: parseIdentityWeights,
  sections: [
    {
      title: 'Identification du fichier',
      members: [{ member: 'version', meaning: 'nom de cette version, inscrit dans chaque certificat' }],
    },
    {
      title: 'Par quelle voie une fiche arrive',
      members: [
        { member: 'routes.*.records', meaning: 'fiches parmi lesquelles la voie choisit' },
        { member: 'routes.*.same', meaning: 'parmi elles, nombre attendu de fiches de la personne elle-même' },
        { member: 'routes.*.family', meaning: 'parmi elles, nombre attendu de fiches de sa famille' },
        { member: 'routes.*.autoFrom', meaning: 'probabilité à partir de laquelle la machine peut confirmer seule' },
      ],
    },
    {
      title: 'Décision',
      members: [
        {
          member: 'marginBits',
          meaning: 'avance nécessaire sur la fiche suivante (bits ; 5 bits : 32 fois plus vraisemblable)',
        },
      ],
    },
    {
      title: 'Noms',
      members: [
        { member: 'names.typicalFamilyName', meaning: 'part d’inconnus qui partagent un nom de famille ordinaire' },
        { member: 'names.typicalGivenName', meaning: 'part d’inconnus qui partagent un prénom ordinaire' },
        { member: 'names.unlistedFamilyName', meaning: 'part admise d’un nom de famille absent des fréquences' },
        { member: 'names.unlistedGivenName', meaning: 'part admise d’un prénom absent des fréquences' },
        { member: 'names.namesakeShare', meaning: 'part des parents proches qui portent le même prénom' },
      ],
    },
    {
      title: 'Parts de chaque niveau d’accord : même personne, même famille, inconnus',
      members: [{ member: 'fields.*', meaning: 'une colonne par cas, chacune de somme 1' }],
    },
  ],
  dangers: [
    {
      member: 'routes.*.autoFrom',
      when: below(0.9),
      text: 'plus d’une confirmation sur dix pourrait être celle d’une autre personne',
    },
    {
      member: 'marginBits',
      when: below(4),
      text: 'deux fiches presque aussi vraisemblables n’iraient plus à un agent',
    },
    { member: 'reviewFrom', when: above(0.1), text: 'des fiches rivales seraient ignorées' },
    { member: 'routes.*.same', when: above(0.995), text: 'la voie à elle seule confirmerait presque' },
  ],
};
