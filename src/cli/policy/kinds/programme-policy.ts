import { readPolicy } from '../../../domain/policy.ts';
import { above, below, type PolicyKind } from '../policy-kind.ts';

/** `policy.json`: the rules of the programme. */
export const programmePolicy: PolicyKind = {
  kind: 'policy',
  path: 'policy.json',
  title: 'Règles du programme',
  signature: ['policyHolder', 'relationships', 'contribution'],
  parse: readPolicy,
  sections: [
    {
      title: 'Identification du fichier',
      members: [
        { member: 'version', meaning: 'nom de cette version, inscrit dans chaque décision' },
        { member: 'agency', meaning: 'agence nommée sur les documents' },
      ],
    },
    {
      title: 'Adhésion du ménage',
      members: [
        {
          member: 'policyHolder',
          meaning:
            'qui peut porter l’adhésion, dans l’ordre d’essai : head, chef de ménage ; grant-manager, gestionnaire ; deputy-grant-manager, son suppléant',
        },
        { member: 'adultAge', meaning: 'âge à partir duquel une personne peut porter l’adhésion (ans)' },
        { member: 'relationships', meaning: 'libellé SIGICMU de chacun des treize liens de parenté du RNU' },
      ],
    },
    {
      title: 'Droits et montants',
      members: [
        { member: 'beneficiaryType', meaning: 'type de bénéficiaire déclaré à SIGICMU' },
        { member: 'coverMonths', meaning: 'durée des droits ouverts (mois)' },
        { member: 'contribution', meaning: 'ce que paie la personne (FCFA) : toujours 0' },
        { member: 'subsidy', meaning: 'ce que verse l’État par personne et par an (FCFA)' },
        { member: 'renewableSchemes', meaning: 'régimes dont une couverture expirée est renouvelée et non doublée' },
        {
          member: 'renewalLeadDays',
          meaning: 'reprise des droits d’une campagne précédente, tant de jours avant leur fin ; 0 : le lendemain',
        },
        {
          member: 'otherScheme',
          meaning:
            'que faire d’une couverture en cours dans un autre régime : needs-review, un agent décide ; already-enrolled, la personne est tenue pour couverte',
        },
      ],
    },
    {
      title: 'Pièces et âges',
      members: [
        { member: 'idCardFromAge', meaning: 'en dessous de cet âge, aucun numéro de carte n’est cherché à la DAF' },
        { member: 'idCardCompulsoryFromAge', meaning: 'à partir de cet âge, l’absence de carte est signalée' },
        {
          member: 'identitySearchNeedsParent',
          meaning: 'true : un acte trouvé par le nom seul doit aussi s’accorder sur un parent',
        },
        { member: 'maximumAge', meaning: 'au-delà, l’âge est invraisemblable et un agent regarde' },
        { member: 'youngestSpouse', meaning: 'âge le plus jeune vraisemblable d’un conjoint' },
        { member: 'youngestHead', meaning: 'âge le plus jeune vraisemblable d’un chef de ménage' },
      ],
    },
  ],
  dangers: [
    { member: 'adultAge', when: below(18), text: 'un mineur pourrait porter l’adhésion du ménage' },
    {
      member: 'coverMonths',
      when: above(12),
      text: 'la subvention est annuelle ; des droits plus longs ne sont pas financés',
    },
    { member: 'coverMonths', when: below(12), text: 'la famille devrait être enrôlée plusieurs fois par an' },
    { member: 'subsidy', when: below(1), text: 'aucune subvention ne serait déclarée' },
    {
      member: 'otherScheme',
      when: (value) => value === 'already-enrolled',
      text: 'personne ne regarderait plus si la couverture de l’autre régime est bien celle de cette personne',
    },
    {
      member: 'identitySearchNeedsParent',
      when: (value) => value === false,
      text: 'un homonyme né le même mois pourrait être confirmé à la place de la personne',
    },
    {
      member: 'idCardFromAge',
      when: above(15),
      text: 'des adolescents titulaires d’une carte ne seraient plus cherchés à la DAF',
    },
    {
      member: 'maximumAge',
      when: above(120),
      text: 'une faute de siècle dans l’année de naissance passerait inaperçue',
    },
    { member: 'maximumAge', when: below(100), text: 'des centenaires seraient envoyés à un agent' },
  ],
};
