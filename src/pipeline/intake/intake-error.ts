/**
 * Why a whole delivery is refused; then nothing of it is imported. `{…}` is filled in by the place that refuses. Codes
 * are stable and listed in docs/intake.md.
 */
export const INTAKE_REFUSALS = {
  FICHIER_INTROUVABLE: {
    explanation: 'Le fichier n’existe pas.',
    remedy: 'Vérifier le chemin et le nom du fichier.',
  },
  FICHIER_EST_UN_DOSSIER: {
    explanation: 'Le chemin indiqué est un dossier, non un fichier.',
    remedy: 'Indiquer le fichier CSV lui-même.',
  },
  FICHIER_NON_LISIBLE: {
    explanation: 'Le fichier ne peut pas être lu ({detail}).',
    remedy: 'Vérifier les droits de lecture et l’état du support, puis recommencer.',
  },
  FICHIER_VIDE: {
    explanation: 'Le fichier est vide.',
    remedy: 'Exporter de nouveau le lot depuis le RNU.',
  },
  FICHIER_SANS_LIGNE: {
    explanation: 'Le lot ne contient aucune personne : rien ne suit l’en-tête.',
    remedy: 'Vérifier les critères de l’extraction RNU, puis exporter de nouveau.',
  },
  FICHIER_BINAIRE: {
    explanation: 'Ce fichier n’est pas un fichier CSV.',
    remedy: 'Depuis un tableur : Enregistrer sous, type « CSV UTF-8 (délimité par des points-virgules) ».',
  },
  FICHIER_TRONQUE: {
    explanation: 'Fichier tronqué : la dernière ligne ({ligne}) s’arrête avant sa fin.',
    remedy: 'Transmettre de nouveau le fichier complet ; rien n’a été importé.',
  },
  ARCHIVE_ENDOMMAGEE: {
    explanation: 'L’archive gzip est endommagée ou incomplète.',
    remedy: 'Transmettre de nouveau le fichier, si possible sans compression.',
  },
  COLONNES_MANQUANTES: {
    explanation: 'Colonnes obligatoires absentes : {manquantes}. En-têtes lus : {lues}.',
    remedy: 'Renommer les colonnes d’après docs/intake.md, ou ajouter leur nom dans config/columns.json.',
  },
  COLONNES_EN_DOUBLE: {
    explanation: 'Plusieurs colonnes désignent le même champ : {doubles}.',
    remedy: 'Ne garder qu’une colonne par champ, puis renvoyer le fichier.',
  },
  TOTAUX_DIFFERENTS: {
    explanation: 'Le lot annonce {annonce} personnes ; {lu} lignes ont été lues.',
    remedy: 'Demander à l’expéditeur le lot complet ; rien n’a été importé.',
  },
  MENAGES_DIFFERENTS: {
    explanation: 'Le lot annonce {annonce} ménages ; {lu} ont été comptés.',
    remedy: 'Demander à l’expéditeur le lot complet ; rien n’a été importé.',
  },
  TOTAUX_CONTRADICTOIRES: {
    explanation: 'Deux totaux annoncés pour ce lot se contredisent : {un} et {autre}.',
    remedy: 'Demander à l’expéditeur lequel est le bon ; rien n’a été importé.',
  },
  CONTROLE_ILLISIBLE: {
    explanation: 'Le fichier de contrôle {nom} est illisible ({detail}).',
    remedy: 'Le récrire d’après docs/intake.md (menages, personnes, fichiers) ; rien n’a été importé.',
  },
  PAGE_REPETEE: {
    explanation: 'Le service du RNU a donné deux fois la même page ({page}) : d’autres manquent sans doute.',
    remedy: 'Relancer l’import ; si le défaut persiste, le signaler au RNU. Rien n’a été importé.',
  },
  XML_INVALIDE: {
    explanation: 'Le fichier XML est invalide à la ligne {ligne} ({detail}).',
    remedy: 'Exporter de nouveau le lot depuis le RNU ; rien n’a été importé.',
  },
  XML_DOCTYPE: {
    explanation: 'Le fichier XML contient un DOCTYPE, qui n’est pas accepté.',
    remedy: 'Exporter de nouveau le lot sans DOCTYPE ; rien n’a été importé.',
  },
  XML_SANS_MEMBRE: {
    explanation: 'Aucun membre reconnu dans le fichier XML. Éléments lus : {lus}.',
    remedy: 'Ajouter le nom de l’élément qui décrit un membre à « memberElements » dans config/columns.json.',
  },
  NUMERO_DE_LOT_PRIS: {
    explanation: 'Le numéro de lot {numero} désigne déjà un lot de contenu différent.',
    remedy: 'Donner un autre numéro à ce lot, ou vérifier auprès de l’expéditeur lequel est le bon.',
  },
  LOT_DESEQUILIBRE: {
    explanation: 'Les comptes du lot ne tombent pas juste ({detail}).',
    remedy: 'Relancer l’import ; si l’écart persiste, le signaler à l’exploitation. Rien n’a été importé.',
  },
  IMPORT_INTERROMPU: {
    explanation: 'La base de données a interrompu l’import ({detail}).',
    remedy: 'Vérifier la base de données, puis relancer l’import ; rien n’a été importé.',
  },
} as const satisfies Readonly<Record<string, { readonly explanation: string; readonly remedy: string }>>;

/** Stable code of a reason why a whole delivery is refused. */
export type IntakeErrorCode = keyof typeof INTAKE_REFUSALS;

/**
 * Thrown when a whole delivery is refused: nothing of it was imported. `message` and `remedy` are French, for the
 * person who sent it, and hold no personal data.
 */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';
  readonly code: IntakeErrorCode;
  readonly remedy: string;

  constructor(code: IntakeErrorCode, details: Readonly<Record<string, string | number>> = {}) {
    const { explanation, remedy } = INTAKE_REFUSALS[code];
    super(fill(explanation, details));
    this.code = code;
    this.remedy = fill(remedy, details);
  }
}

function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}
