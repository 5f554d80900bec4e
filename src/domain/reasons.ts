/**
 * Why a person is where they are. A reason has a stable code, words for the people who read it, what they can do, and
 * the office that must act. The codes and labels follow the agency's own vocabulary; the remedies are ours.
 */

/** Who must act on a reason. */
export type Office = 'RNU' | 'etat-civil' | 'DAF' | 'SIGICMU' | 'ANACMU' | 'none';

export interface Reason {
  readonly title: string;
  readonly explanation: string;
  readonly remedy: string;
  readonly office: Office;
  /** False for remarks that do not stop an enrolment. */
  readonly blocks: boolean;
}

const reason = (office: Office, title: string, explanation: string, remedy: string): Reason => ({
  title,
  explanation,
  remedy,
  office,
  blocks: true,
});
const remark = (office: Office, title: string, explanation: string, remedy: string): Reason => ({
  ...reason(office, title, explanation, remedy),
  blocks: false,
});

/** The catalogue, in the order in which reports list it. */
export const REASONS = {
  DECES_SIGNALE: reason(
    'etat-civil',
    'Décès signalé',
    'Un registre porte une mention de décès pour cette personne.',
    'Vérifier l’acte auprès du centre d’état civil ; en cas d’erreur, faire rectifier la mention.',
  ),
  NIN_AUTRE_PERSONNE: reason(
    'RNU',
    'NIN rattaché à une autre personne',
    'Le numéro donné appartient, dans le fichier CNI, à une personne différente.',
    'Demander à la personne sa propre carte et faire corriger le numéro dans le RNU.',
  ),
  NIN_DOUBLON_LOT: reason(
    'RNU',
    'Même NIN pour plusieurs personnes',
    'Le RNU porte le même numéro pour plusieurs personnes.',
    'Relever le numéro sur la carte de chacune et corriger le RNU.',
  ),
  EXTRAIT_DOUBLON_LOT: reason(
    'RNU',
    'Même extrait de naissance pour plusieurs personnes',
    'Le RNU porte le même numéro d’extrait pour plusieurs personnes.',
    'Relever le numéro sur l’extrait de chacune ; si c’est la même personne, dire dans quel ménage elle vit.',
  ),
  DOUBLON_RNU: reason(
    'RNU',
    'Doublon probable dans le RNU',
    'Deux lignes du RNU désignent la même personne dans les registres.',
    'Dire dans quel ménage vit la personne et écarter l’autre ligne.',
  ),
  DOUBLON_SIGICMU: reason(
    'SIGICMU',
    'Doublon probable dans SIGICMU',
    'SIGICMU connaît déjà une personne très proche, sans qu’on puisse affirmer que c’est la même.',
    'Comparer les deux fiches et dire si c’est la même personne.',
  ),
  AUTRE_REGIME: reason(
    'ANACMU',
    'Déjà couvert(e) par un autre régime',
    'La personne a des droits ouverts dans un autre régime.',
    'Décider si elle reste dans ce régime ou passe au régime BSF.',
  ),
  HOMONYMES: reason(
    'ANACMU',
    'Plusieurs homonymes possibles',
    'Plusieurs personnes des registres peuvent correspondre.',
    'Demander une pièce portant la date de naissance complète et les noms des parents.',
  ),
  NOM_DIVERGENT: reason(
    'ANACMU',
    'Nom de famille divergent',
    'Le nom de famille du RNU diffère de celui du registre.',
    'Comparer avec une pièce ; faire corriger le registre qui se trompe.',
  ),
  PRENOM_DIVERGENT: reason(
    'ANACMU',
    'Prénom(s) divergent(s)',
    'Les prénoms du RNU diffèrent de ceux du registre.',
    'Comparer avec une pièce ; faire corriger le registre qui se trompe.',
  ),
  SEXE_DIVERGENT: reason(
    'RNU',
    'Sexe divergent',
    'Le sexe du RNU diffère de celui du registre.',
    'Faire corriger le registre qui se trompe.',
  ),
  NAISSANCE_DIVERGENTE: reason(
    'ANACMU',
    'Date de naissance divergente',
    'La date de naissance du RNU ne s’accorde pas avec celle du registre.',
    'Comparer avec l’extrait de naissance ; faire corriger le registre qui se trompe.',
  ),
  FILIATION_DIVERGENTE: reason(
    'ANACMU',
    'Filiation divergente ou inconnue',
    'Un acte a été trouvé par le nom seul et aucun parent ne permet de le confirmer.',
    'Demander le numéro de l’extrait de naissance ou les noms des parents.',
  ),
  NIN_INCONNU_DAF: reason(
    'DAF',
    'NIN inconnu du fichier CNI',
    'Le numéro donné n’est pas dans le fichier CNI.',
    'Relire le numéro sur la carte ; s’il est exact, saisir la DAF.',
  ),
  NUMERO_CARTE_SAISI: reason(
    'RNU',
    'Numéro de carte CEDEAO saisi à la place du NIN',
    'Le numéro donné compte 17 chiffres : c’est celui de la carte.',
    'Relever le NIN au dos de la carte et corriger le RNU.',
  ),
  NIN_FORMAT: reason(
    'RNU',
    'NIN de format invalide',
    'Le numéro donné n’a pas la forme d’un NIN.',
    'Relever le numéro sur la carte et corriger le RNU.',
  ),
  NIN_ABSENT: reason(
    'RNU',
    'NIN non renseigné',
    'Le RNU ne porte pas de numéro pour cette personne.',
    'Demander la carte, ou l’extrait de naissance à défaut.',
  ),
  ACTE_NON_TROUVE: reason(
    'etat-civil',
    'Acte de naissance non trouvé',
    'L’acte n’est pas dans le registre national : il peut ne pas être numérisé.',
    'Se présenter au centre d’état civil de naissance avec l’extrait, pour le faire enregistrer.',
  ),
  ACTE_PLUSIEURS: reason(
    'etat-civil',
    'Plusieurs actes pour la même référence',
    'Le registre porte plusieurs actes qui peuvent être ceux de la personne.',
    'Demander la copie littérale de l’acte au centre d’état civil.',
  ),
  NON_DECLARE_EC: reason(
    'etat-civil',
    'Personne non déclarée à l’état civil',
    'Le RNU indique que la naissance n’a pas été déclarée.',
    'Inscrire la personne à la prochaine audience foraine, ou demander un jugement d’autorisation d’inscription.',
  ),
  MENAGE_SANS_TITULAIRE: reason(
    'ANACMU',
    'Ménage sans titulaire majeur identifié',
    'Ni le chef de ménage ni un gestionnaire majeur n’est confirmé : personne ne peut porter l’adhésion.',
    'Confirmer l’identité d’un adulte du ménage.',
  ),
  LOCALITE_INCONNUE: reason(
    'RNU',
    'Localité non reconnue',
    'La région ou le département du ménage n’est pas reconnu.',
    'Corriger la localité du ménage dans le RNU.',
  ),
  ASSUREUR_INDETERMINE: reason(
    'ANACMU',
    'Assureur (UDAM/mutuelle) indéterminé',
    'Aucun assureur n’est inscrit pour le département de résidence.',
    'Compléter la table des départements et des assureurs.',
  ),
  AGE_INVRAISEMBLABLE: reason(
    'RNU',
    'Âge ou lien de parenté invraisemblable',
    'L’âge ne s’accorde pas avec le lien de parenté, ou dépasse tout âge connu.',
    'Vérifier la date de naissance et le lien de parenté, puis corriger le RNU.',
  ),
  SIGICMU_REFUS: reason(
    'SIGICMU',
    'Demande rejetée par SIGICMU',
    'SIGICMU n’a pas accepté la demande d’adhésion.',
    'Lire le motif technique dans le dossier et corriger la donnée en cause.',
  ),
  ISSUE_INCONNUE_PROLONGEE: reason(
    'ANACMU',
    'Issue inconnue depuis trop longtemps',
    'La demande est partie, mais SIGICMU n’a pas permis de savoir si elle a été enregistrée.',
    'Chercher la personne dans SIGICMU avant toute nouvelle demande ; si elle n’y est pas, la confirmer en le disant (--not-registered).',
  ),
  MESSAGE_REFUSE: reason(
    'ANACMU',
    'Demande jugée irrecevable par un registre',
    'Le registre ou la passerelle d’échange n’a pas accepté la forme de la demande.',
    'Transmettre l’identifiant du message à l’équipe technique.',
  ),
  ISSUE_INCONNUE: remark(
    'none',
    'Issue inconnue',
    'La demande est partie et la réponse s’est perdue : SIGICMU est interrogé avant tout nouvel envoi.',
    'Aucune action : la reprise est automatique.',
  ),
  NON_TRAITE: remark(
    'none',
    'Non traité par cette exécution',
    'L’exécution s’est achevée avant le tour de cette personne.',
    'Aucune action : la prochaine exécution s’en charge.',
  ),
  SERVICE_INDISPONIBLE: remark(
    'none',
    'Service distant indisponible',
    'Un registre n’a pas répondu ; la demande sera reprise automatiquement.',
    'Aucune action : la reprise est automatique.',
  ),
  TITULAIRE_EN_ATTENTE: remark(
    'none',
    'En attente de l’adhésion du titulaire',
    'L’adhésion du titulaire du ménage n’est pas encore confirmée par SIGICMU.',
    'Aucune action : la reprise est automatique.',
  ),
  ENVOI_A_BLANC: remark(
    'none',
    'Serait enrôlé(e) : exécution à blanc',
    'L’exécution a tout vérifié sans rien envoyer à SIGICMU : la demande d’adhésion est prête.',
    'Aucune action : la prochaine exécution réelle envoie la demande.',
  ),
  PLAFOND_ATTEINT: remark(
    'none',
    'Plafond d’enrôlements de l’exécution atteint',
    'L’exécution ne devait pas envoyer plus de demandes d’adhésion que son plafond.',
    'Aucune action : la prochaine exécution envoie la demande.',
  ),
  CNI_EXPIREE: remark(
    'DAF',
    'Carte expirée (identité confirmée)',
    'La carte a expiré ; l’identité reste confirmée.',
    'Inviter la personne à renouveler sa carte.',
  ),
  PHOTO_MANQUANTE: remark(
    'ANACMU',
    'Photo manquante',
    'Le RNU ne transmet pas de photo.',
    'Prendre la photo à la remise de la carte d’assuré.',
  ),
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonCode = keyof typeof REASONS;

/** Whether a reason stops an enrolment until somebody acts. */
export function blocks(code: ReasonCode): boolean {
  return REASONS[code].blocks;
}

/** Codes in catalogue order, each once: the first is the one shown where there is room for one. */
export function inCatalogueOrder(codes: readonly ReasonCode[]): readonly ReasonCode[] {
  const given = new Set(codes);
  return (Object.keys(REASONS) as ReasonCode[]).filter((code) => given.has(code));
}
