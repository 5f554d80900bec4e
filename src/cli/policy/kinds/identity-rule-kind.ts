import { parseIdentityRule } from '../../../matching/identity-rule.ts';
import { above, type PolicyKind } from '../policy-kind.ts';

/** `names/identity-rule.json`: what the rule that compares two identities leaves to those who run it. */
export const identityRuleKind: PolicyKind = {
  kind: 'identity-rule',
  path: 'names/identity-rule.json',
  title: 'Règle de comparaison des identités',
  signature: ['placeholderDays', 'nationalId'],
  parse: parseIdentityRule,
  sections: [
    {
      title: 'Dates de naissance',
      members: [
        { member: 'aboutYearsTolerance', meaning: 'écart admis d’une année donnée comme approximative (ans)' },
        {
          member: 'nearYears',
          meaning: 'jusqu’à cet écart, deux années de naissance sont un doute ; au-delà, un désaccord (ans)',
        },
        {
          member: 'placeholderDays',
          meaning: 'jours (mois-jour) que les registres écrivent faute de connaître la date ; seule l’année y compte',
        },
      ],
    },
    {
      title: 'NIN',
      members: [
        { member: 'nationalId.pattern', meaning: 'forme d’un NIN ; un numéro qui ne l’a pas n’est pas cherché' },
        {
          member: 'nationalId.cardNumberPattern',
          meaning: 'forme du numéro de la carte CEDEAO, souvent écrit à la place du NIN',
        },
        { member: 'nationalId.lostDigitLengths', meaning: 'longueurs auxquelles un premier chiffre perdu est proposé' },
        {
          member: 'nationalId.yearTolerance',
          meaning: 'écart admis entre l’année inscrite dans le NIN et celle de la naissance (ans)',
        },
      ],
    },
  ],
  dangers: [
    { member: 'aboutYearsTolerance', when: above(3), text: 'deux frères pourraient passer pour une seule personne' },
    { member: 'nearYears', when: above(4), text: 'beaucoup plus de dossiers iraient à un agent' },
    {
      member: 'placeholderDays',
      when: (value) => Array.isArray(value) && !value.includes('01-01'),
      text: 'le 1er janvier serait pris pour une vraie date ; c’est le plus souvent « jour inconnu »',
    },
    { member: 'nationalId.yearTolerance', when: above(5), text: 'le NIN d’un parent ne serait plus signalé' },
  ],
};
