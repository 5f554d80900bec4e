import { describe, expect, it } from '@jest/globals';

import { certificateText, fieldText } from '../../src/matching/certificate-text.ts';
import { compare, lexicon, member, record } from './knowledge.ts';

describe('certificateText', () => {
  it('tells an agent in French what agrees and what does not', () => {
    const comparison = compare(
      member('Modou Ndiaye', { sex: 'M', birth: '~1962', nationalId: '1619198700123', motherName: 'Awa Diop' }),
      record('Mamadou', 'Njie', { sex: 'M', birth: '1963-04-02', motherGivenNames: 'Awa', motherFamilyName: 'Diop' }),
    );
    expect(certificateText(comparison)).toEqual([
      'À vérifier : prénom(s) divergent(s) ; date de naissance divergente',
      'Nom de famille : Ndiaye / Njie — même nom, orthographe différente',
      "Prénoms : Modou / Mamadou — forme courte ou d'usage du même nom, à confirmer",
      'Sexe : masculin / masculin — identiques',
      'Naissance : vers 1962 / 02/04/1963 — année approximative compatible',
      'NIN : •••••••••0123 / non renseigné — non comparé',
      'Mère : Awa Diop / Awa Diop — identiques',
      `Règle identity-2, lexique ${lexicon.version}`,
    ]);
  });

  it.each([
    [
      'family-name',
      'Guèye',
      'Gaye',
      'look-alike',
      'Nom de famille : Guèye / Gaye — proches à la lecture, mais ce sont deux noms distincts',
    ],
    [
      'birth',
      '1987-03-12',
      '1987-12-03',
      'slip',
      'Naissance : 12/03/1987 / 03/12/1987 — un chiffre de différence, ou jour et mois inversés',
    ],
    ['national-id', '1', '2', 'slip', 'NIN : 1 / 2 — un caractère de différence'],
    ['given-names', 'محمد', 'Mamadou', 'missing', 'Prénoms : محمد / Mamadou — non comparable'],
  ] as const)('renders %s', (field, left, right, level, text) => {
    expect(fieldText({ field, left, right, level, agrees: 'partly' })).toBe(text);
  });

  it('opens with the verdict', () => {
    expect(certificateText(compare(member('Fatou Ndiaye'), record('Fatou', 'NDIAYE')))[0]).toBe('Même personne');
    expect(certificateText(compare(member('Awa Ndiaye'), record('Adama', 'NDIAYE')))[0]).toBe(
      'Autre personne : prénom(s) divergent(s)',
    );
  });
});
