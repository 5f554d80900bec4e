/** An order that cannot be given, or cannot be stopped any more. Nothing was written. */
export class ReprocessRefused extends Error {
  readonly code: 'RETRAITEMENT_SANS_CIBLE' | 'RETRAITEMENT_VIDE' | 'RETRAITEMENT_INCONNU' | 'RETRAITEMENT_ACHEVE';
  readonly remedy: string;

  constructor(code: ReprocessRefused['code'], message: string) {
    super(message);
    this.code = code;
    this.remedy = REMEDIES[code];
  }
}

const REMEDIES: Readonly<Record<ReprocessRefused['code'], string>> = {
  RETRAITEMENT_SANS_CIBLE: 'Vérifiez la référence, le numéro du lot ou les dates.',
  RETRAITEMENT_VIDE:
    'Rien n’a été inscrit. Les personnes enrôlées ou écartées le restent ; les autres sont déjà en cours, ou le seront à la prochaine exécution.',
  RETRAITEMENT_INCONNU: '« pnbsf-cmu reprocess list » donne les retraitements.',
  RETRAITEMENT_ACHEVE: 'Il n’y a plus rien à arrêter : « pnbsf-cmu reprocess show » montre où il en est.',
};
