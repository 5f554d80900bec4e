import { masked } from '../domain/french/csv.ts';
import { aboutYear, formatPartialDateFrench, parsePartialDate } from '../domain/partial-date.ts';
import type {
  FieldComparison,
  FieldLevel,
  IdentityComparison,
  IdentityField,
  IdentityReason,
} from './identity-comparison.ts';
import type { CertificateScore, IdentityCertificate } from './scoring/identity-certificate.ts';
import { fieldWeightText, scoreText } from './scoring/score-text.ts';

const FIELD_LABELS: Readonly<Record<IdentityField, string>> = {
  'family-name': 'Nom de famille',
  'given-names': 'Prénoms',
  sex: 'Sexe',
  birth: 'Naissance',
  'national-id': 'NIN',
  father: 'Père',
  mother: 'Mère',
};

type LevelTexts = Partial<Readonly<Record<FieldLevel, string>>>;

const NAME_TEXTS: LevelTexts = {
  exact: 'identiques',
  spelling: 'même nom, orthographe différente',
  sound: 'même prononciation',
  contained: "l'un contient l'autre",
  usage: "forme courte ou d'usage du même nom, à confirmer",
  near: 'proches, à confirmer',
  overlap: 'en partie communs, à confirmer',
  'look-alike': 'proches à la lecture, mais ce sont deux noms distincts',
  different: 'différents',
  swapped: "concordent si l'on inverse prénom et nom, à confirmer",
  'married-name': 'nom du mari, à confirmer',
  nickname: 'surnom, à confirmer',
};

const DATE_TEXTS: LevelTexts = {
  'equal-day': 'identiques',
  'equal-month': "même mois et même année, jour inconnu d'un côté",
  'equal-year': 'même année, le reste est inconnu',
  about: 'année approximative compatible',
  slip: 'un chiffre de différence, ou jour et mois inversés',
  'two-slips': 'deux chiffres de différence',
  'same-year': 'même année seulement',
  'near-year': 'années voisines',
  further: 'différentes',
};

const OTHER_TEXTS: LevelTexts = {
  equal: 'identiques',
  slip: 'un caractère de différence',
  different: 'différents',
  unusable: 'numéro inexploitable',
};

const TEXTS_OF_FIELD: Readonly<Record<IdentityField, LevelTexts>> = {
  'family-name': NAME_TEXTS,
  'given-names': NAME_TEXTS,
  sex: OTHER_TEXTS,
  birth: DATE_TEXTS,
  'national-id': OTHER_TEXTS,
  father: NAME_TEXTS,
  mother: NAME_TEXTS,
};

const VERDICTS: Readonly<Record<IdentityComparison['verdict'], string>> = {
  same: 'Même personne',
  doubt: 'À vérifier',
  different: 'Autre personne',
};

/** The rule says yes, the sum of evidence not yet. */
const TOO_LITTLE = ' selon la règle, mais la somme des indices ne suffit pas à trancher';

const REASON_LABELS: Readonly<Record<IdentityReason, string>> = {
  NOM_DIVERGENT: 'nom de famille divergent',
  PRENOM_DIVERGENT: 'prénom(s) divergent(s)',
  SEXE_DIVERGENT: 'sexe divergent',
  NAISSANCE_DIVERGENTE: 'date de naissance divergente',
  FILIATION_DIVERGENTE: 'filiation (père, mère) divergente',
  NIN_AUTRE_PERSONNE: 'NIN différent',
  HOMONYMES: "homonymes possibles, trop peu d'éléments pour conclure",
};

const UNKNOWN = 'non renseigné';

/**
 * The certificate as an agent reads it: the verdict, one line per field that either side gives, the sum of evidence
 * where the certificate carries one, the versions used. NINs are masked but for their last four signs. Holds personal
 * data.
 */
export function certificateText(
  comparison: IdentityComparison & Partial<Pick<IdentityCertificate, 'score'>>,
): readonly string[] {
  const reasons = comparison.reasons.map((reason) => REASON_LABELS[reason]);
  const because = reasons.length > 0 ? ` : ${reasons.join(' ; ')}` : '';
  const { score } = comparison;
  const agreed = comparison.verdict === 'same';
  const lines = comparison.certificate.filter(({ left, right }) => left !== '' || right !== '');
  const weights = score === undefined ? '' : `, poids ${score.weightsVersion}`;
  return [
    `${VERDICTS[comparison.verdict]}${because}${agreed && score?.certain === false ? TOO_LITTLE : ''}`,
    ...lines.map((line) => `${fieldText(line, agreed)}${weightText(line.field, score)}`),
    ...(score === undefined ? [] : scoreText(score)),
    `Règle ${comparison.ruleVersion}, lexique ${comparison.lexiconVersion}${weights}`,
  ];
}

/** One line: label, both values, how they compare. `agreed`: nothing of it is left to confirm. */
export function fieldText(line: FieldComparison, agreed = false): string {
  const left = valueText(line.field, line.left);
  const right = valueText(line.field, line.right);
  const level = levelText(line, left, right);
  return `${FIELD_LABELS[line.field]} : ${left} / ${right} — ${agreed ? level.replace(', à confirmer', '') : level}`;
}

function weightText(field: IdentityField, score: CertificateScore | undefined): string {
  const scored = score?.fields.find((one) => one.field === field);
  return scored === undefined || scored.level === 'missing' ? '' : fieldWeightText(scored);
}

function levelText({ field, level }: FieldComparison, left: string, right: string): string {
  if (level === 'missing') return left === UNKNOWN || right === UNKNOWN ? 'non comparé' : 'non comparable';
  return TEXTS_OF_FIELD[field][level] ?? level;
}

function valueText(field: IdentityField, value: string): string {
  if (value === '') return UNKNOWN;
  if (field === 'sex') return value === 'M' ? 'masculin' : 'féminin';
  if (field === 'national-id') return masked(value);
  if (field !== 'birth') return value;
  const date = value.startsWith('~') ? aboutYear(Number(value.slice(1))) : parsePartialDate(value);
  return formatPartialDateFrench(date);
}
