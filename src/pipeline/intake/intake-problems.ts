/**
 * Why a line could not be read. Codes are stable: agencies, reports and support refer to them (docs/intake.md lists
 * them). Texts go to the agency that sent the file; they name the column and what was expected, never the person.
 */
export const LINE_PROBLEMS = {
  NOMBRE_DE_CHAMPS: {
    explanation: 'La ligne ne compte pas le même nombre de champs que l’en-tête.',
    remedy:
      'Vérifier qu’aucun champ ne contient le séparateur sans être placé entre guillemets, puis renvoyer la ligne.',
  },
  GUILLEMET_NON_FERME: {
    explanation: 'Un guillemet ouvert sur cette ligne n’est pas refermé.',
    remedy: 'Refermer le guillemet, ou doubler les guillemets qui font partie du texte, puis renvoyer la ligne.',
  },
  GUILLEMET_MAL_PLACE: {
    explanation: 'Du texte suit un guillemet fermant : la limite du champ est ambiguë.',
    remedy: 'Doubler les guillemets qui font partie du texte ("" au lieu de "), puis renvoyer la ligne.',
  },
  LIGNE_TROP_LONGUE: {
    explanation: 'La ligne dépasse 65 536 octets : une fin de ligne manque sans doute.',
    remedy: 'Exporter de nouveau le fichier depuis le RNU et le renvoyer.',
  },
  REFERENCE_VIDE: {
    explanation: 'La référence du ménage est vide.',
    remedy: 'Porter sur chaque ligne la référence d’enquête du ménage, puis renvoyer la ligne.',
  },
  REFERENCE_ILLISIBLE: {
    explanation: 'La référence du ménage est illisible : au moins un chiffre et au plus 80 caractères sont attendus.',
    remedy: 'Rétablir la référence d’enquête du ménage, en format texte, puis renvoyer la ligne.',
  },
  NUMERO_ORDRE_VIDE: {
    explanation: 'Le numéro d’ordre du membre dans le ménage est vide.',
    remedy: 'Porter le numéro d’ordre du membre (1 pour le chef de ménage), puis renvoyer la ligne.',
  },
  NUMERO_ORDRE_ILLISIBLE: {
    explanation: 'Le numéro d’ordre du membre n’est pas un nombre entier de 1 à 99.',
    remedy: 'Corriger le numéro d’ordre du membre, puis renvoyer la ligne.',
  },
  NOM_VIDE: {
    explanation: 'Le prénom et le nom du membre sont vides ou ne contiennent aucune lettre.',
    remedy: 'Compléter le prénom et le nom du membre, puis renvoyer la ligne.',
  },
  NUMERO_ORDRE_PARTAGE: {
    explanation:
      'Une ligne précédente du lot donne ce numéro d’ordre, dans le même ménage, à une personne d’un autre prénom.',
    remedy: 'Donner à chaque membre du ménage son propre numéro d’ordre, puis renvoyer la ligne.',
  },
} as const satisfies Readonly<Record<string, { readonly explanation: string; readonly remedy: string }>>;

/** Stable code of a reason why a line is unreadable. */
export type LineProblemCode = keyof typeof LINE_PROBLEMS;

/** One reason why a line is unreadable. `field` is the canonical field name, null when it concerns the whole line. */
export interface LineProblem {
  readonly code: LineProblemCode;
  readonly field: string | null;
}
