import { parseLinkagePolicy } from '../../../matching/linkage/linkage-policy.ts';
import { above, below, type PolicyKind } from '../policy-kind.ts';

/** `names/linkage-policy.json`: how `match` and `dedupe` link whole files. */
export const linkagePolicyKind: PolicyKind = {
  kind: 'linkage-policy',
  path: 'names/linkage-policy.json',
  title: 'Rapprochement de fichiers entiers (match, dedupe)',
  signature: ['match', 'family', 'matchStrength'],
  parse: parseLinkagePolicy,
  sections: [
    {
      title: 'Identification du fichier',
      members: [
        { member: 'version', meaning: 'nom de cette version' },
        {
          member: 'mode',
          meaning: 'connaissance du Sénégal (registry), fichiers quelconques (generic) ou au vu des données (auto)',
        },
      ],
    },
    {
      title: 'Ce qui est attendu avant de lire les données',
      members: [
        { member: 'match.*', meaning: 'parts des niveaux d’accord chez une même personne, du meilleur au pire' },
        { member: 'matchOfField.*', meaning: 'les mêmes, pour un champ qui s’écarte de sa sorte' },
        { member: 'family.*', meaning: 'parts des niveaux d’accord entre deux membres d’une famille' },
        { member: 'familyOfField.*', meaning: 'les mêmes, pour un champ qui s’écarte de sa sorte' },
        { member: 'stranger.*', meaning: 'parts des niveaux d’accord entre deux inconnus, pour les petits fichiers' },
        { member: 'strangerOfField.*', meaning: 'les mêmes, pour un champ qui s’écarte de sa sorte' },
        { member: 'sameFileMatchOfField.*', meaning: 'chez une personne inscrite deux fois dans un même fichier' },
        { member: 'matchStrength', meaning: 'nombre de paires que ces attentes pèsent face aux données' },
        { member: 'sameFileMatchStrength', meaning: 'poids ajouté dans un seul fichier, par paire attendue' },
        { member: 'familyStrength', meaning: 'nombre de paires que pèsent les attentes sur les familles' },
        { member: 'strangerStrength', meaning: 'nombre de paires que pèsent les attentes sur les inconnus' },
        { member: 'namesakeShare', meaning: 'part des parents proches qui portent le même prénom' },
        { member: 'relativesNumberShare', meaning: 'part des parents dont l’un donne le numéro de l’autre' },
        { member: 'matchesPerRow', meaning: 'personnes communes attendues par ligne du plus petit fichier' },
        { member: 'duplicatesPerRow', meaning: 'doublons attendus par ligne d’un fichier' },
        { member: 'relativesPerRow', meaning: 'paires de parents attendues par ligne' },
      ],
    },
    {
      title: 'Décision',
      members: [
        { member: 'decision.autoFrom', meaning: 'probabilité à partir de laquelle une paire est retenue sans agent' },
        { member: 'decision.reviewFrom', meaning: 'probabilité à partir de laquelle une paire va à un agent' },
        { member: 'decision.reportFrom', meaning: 'probabilité en dessous de laquelle une paire n’est pas écrite' },
        { member: 'decision.marginBits', meaning: 'avance nécessaire sur la candidate suivante (bits)' },
        { member: 'decision.repeatedShare', meaning: 'part des personnes inscrites une seconde fois dans un fichier' },
        {
          member: 'closure.*',
          meaning: 'quand « A est B » et « B est C » font de A et C une seule personne, et dans quelles limites',
        },
        { member: 'calibration.slope', meaning: 'correction apprise des décisions d’agents : pente (1 : aucune)' },
        { member: 'calibration.intercept', meaning: 'correction apprise : décalage, en bits (0 : aucun)' },
      ],
    },
  ],
  dangers: [
    { member: 'decision.autoFrom', when: below(0.9), text: 'plus d’une paire retenue sur dix pourrait être fausse' },
    { member: 'decision.reviewFrom', when: above(0.2), text: 'de vraies paires ne seraient montrées à personne' },
    { member: 'decision.marginBits', when: below(4), text: 'deux candidates presque égales n’iraient plus à un agent' },
    {
      member: 'matchStrength',
      when: below(20),
      text: 'là où les vraies paires sont rares, le modèle dériverait vers les frères et sœurs',
    },
    {
      member: 'calibration.slope',
      when: above(2),
      text: 'correction très forte : sur combien de décisions repose-t-elle ?',
    },
  ],
};
