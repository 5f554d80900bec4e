/** A decision that cannot be taken as it was asked. Nothing was written. The message holds references, no names. */
export class ReviewRefused extends Error {
  readonly code:
    | 'DOSSIER_INCONNU'
    | 'DEJA_DECIDE'
    | 'DOSSIER_CHANGE'
    | 'ASSUREUR_MANQUANT'
    | 'TITULAIRE_MANQUANT'
    | 'FICHE_A_CHOISIR'
    | 'FICHE_INCONNUE'
    | 'NOM_INCOMPLET'
    | 'AUTRE_LIGNE_ENROLEE'
    | 'LIEN_INCONNU'
    | 'DOUBLON_INCONNU'
    | 'RECHERCHE_A_FAIRE'
    | 'RIEN_ENVOYE';
  readonly remedy: string;

  constructor(code: ReviewRefusal, message: string) {
    super(message);
    this.code = code;
    this.remedy = REMEDIES[code];
  }
}

/** Why a decision was not taken, by stable code. */
export type ReviewRefusal = ReviewRefused['code'];

const REMEDIES: Readonly<Record<ReviewRefusal, string>> = {
  DOSSIER_INCONNU:
    'Relevez le numéro dans « pnbsf-cmu review list », ou la référence RNU de la personne (MÉNAGE/NUMÉRO).',
  DEJA_DECIDE: 'Rien n’a changé. « pnbsf-cmu review show » montre la décision et son auteur.',
  DOSSIER_CHANGE: 'Relisez le dossier (« pnbsf-cmu review show »), puis décidez.',
  ASSUREUR_MANQUANT:
    'Corrigez la localité dans le RNU, ou complétez config/departements.csv ; puis confirmez à nouveau. Rien n’a changé.',
  TITULAIRE_MANQUANT: 'Confirmez d’abord un adulte du ménage (chef ou gestionnaire de l’allocation). Rien n’a changé.',
  FICHE_A_CHOISIR: 'Ajoutez --record N (le numéro de la fiche), ou --record rnu pour garder les noms du RNU.',
  FICHE_INCONNUE: '« pnbsf-cmu review show » numérote les fiches qui peuvent être choisies.',
  NOM_INCOMPLET: 'Choisissez une fiche de registre (--record N), ou faites compléter le nom dans le RNU.',
  AUTRE_LIGNE_ENROLEE:
    'Si ce sont deux personnes, nommez l’autre : --distinct-from RÉFÉRENCE. Sinon : review discard --as duplicate --of RÉFÉRENCE.',
  LIEN_INCONNU: '« pnbsf-cmu review show » donne les lignes que la machine tient pour la même personne.',
  RECHERCHE_A_FAIRE:
    'Cherchez la personne dans SIGICMU. Absente : confirmez avec --not-registered. Présente : review discard --as duplicate --of CODE. Rien n’a changé.',
  RIEN_ENVOYE: 'Confirmez sans --not-registered. Rien n’a changé.',
  DOUBLON_INCONNU: 'Donnez la référence RNU de l’autre ligne, ou un code d’immatriculation de SIGICMU.',
};
