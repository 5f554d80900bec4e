/** The sum of evidence in French. A point is one bit: it doubles the chances that the two are one person. */
import { frenchDecimal } from '../../domain/french/numbers.ts';
import { formatPartialDateFrench, parsePartialDate } from '../../domain/partial-date.ts';
import type { Contradiction } from './contradictions.ts';
import type { CertificateScore, NextCandidate } from './identity-certificate.ts';
import type { Route } from './route.ts';
import type { ScoredField } from './score-pair.ts';

const ROUTE_TEXTS: Readonly<Record<Route, string>> = {
  'national-id': 'fiche désignée par le NIN de la ligne',
  'act-number': 'acte désigné par le numéro d’extrait de la ligne',
  'birth-search-page': 'acte trouvé par le nom et la naissance, parmi tous les actes indexés',
  'cover-search-page': 'couverture trouvée parmi tous les assurés',
  'same-batch': 'autre ligne du même lot',
  'earlier-batch': 'ligne d’un lot antérieur',
};

const OTHER_LABELS: Readonly<Partial<Record<ScoredField['field'], string>>> = {
  'act-number': 'Numéro d’extrait',
  reference: 'Référence RNU',
  place: 'Lieu',
  household: 'Ménage',
};

const OTHER_LEVELS: Readonly<Partial<Record<ScoredField['level'], string>>> = {
  equal: 'identiques',
  near: 'proches',
  slip: 'un caractère de différence',
  different: 'différents',
};

const CONTRADICTIONS: Readonly<Record<Contradiction, string>> = {
  'national-id': 'NIN différents',
  birth: 'plus de dix ans entre les deux naissances',
  'given-names': 'aucun prénom commun',
};

/** Points from which evidence is called by a name, for and against alike. */
const STRENGTHS: readonly (readonly [from: number, text: string])[] = [
  [10, 'très fort'],
  [5, 'fort'],
  [2, 'moyen'],
  [0.5, 'faible'],
];

/** Shares of people from which a name is called by a word. */
const RARITIES: readonly (readonly [from: number, text: string])[] = [
  [0.02, 'très fréquent'],
  [0.008, 'fréquent'],
  [0.002, 'peu fréquent'],
  [0, 'rare'],
];

/** What follows a field's line: how common the name is, and what its level weighs. */
export function fieldWeightText({ bits, share, level }: ScoredField): string {
  const agrees = level === 'exact' || level === 'spelling' || level === 'sound' || level === 'contained';
  const rarity = share !== null && agrees ? `, ${RARITIES.find(([from]) => share >= from)?.[1] ?? ''}` : '';
  return `${rarity} : ${bits === 0 ? 'compté dans la voie' : strengthText(bits)}`;
}

/** The lines after the fields: what only the score compares, the prior, the family, the sum, the next candidate. */
export function scoreText(score: CertificateScore): readonly string[] {
  const { route, priorBits, familyBits, bits, probability, contradictions } = score;
  return [
    ...score.fields.flatMap(otherFieldText),
    `Voie : ${ROUTE_TEXTS[route]} (${points(priorBits)})`,
    `Famille : ${familyText(familyBits)} (${points(familyBits)})`,
    ...(contradictions.length > 0
      ? [`Contradiction : ${contradictions.map((one) => CONTRADICTIONS[one]).join(' ; ')}`]
      : []),
    `Somme : ${points(bits)}, probabilité ${probabilityText(probability)}`,
    nextText(score.nextCandidate, score.marginBits),
  ];
}

function otherFieldText(field: ScoredField): readonly string[] {
  const label = OTHER_LABELS[field.field];
  if (label === undefined || field.level === 'missing') return [];
  const level = OTHER_LEVELS[field.level] ?? field.level;
  return [`${label} : ${field.left} / ${field.right} — ${level}${fieldWeightText(field)}`];
}

function strengthText(bits: number): string {
  const strength = STRENGTHS.find(([from]) => Math.abs(bits) >= from)?.[1];
  if (strength === undefined) return `indice négligeable (${points(bits)})`;
  return bits > 0 ? `indice ${strength} (${points(bits)})` : `indice contraire ${strength} (${points(bits)})`;
}

function familyText(familyBits: number): string {
  return familyBits > -1
    ? 'un proche n’expliquerait pas mieux ces ressemblances'
    : 'un proche partagerait une partie de ces traits';
}

function nextText(next: NextCandidate | null, marginBits: number | null): string {
  if (next === null || marginBits === null) return 'Autre candidat : aucun';
  const birth = next.birth.startsWith('~')
    ? `vers ${next.birth.slice(1)}`
    : formatPartialDateFrench(parsePartialDate(next.birth));
  const born = birth === '' ? '' : `, naissance ${birth}`;
  const distance = `${frenchDecimal(Math.abs(marginBits))} points ${marginBits < 0 ? 'devant' : 'derrière'}`;
  return `Autre candidat : ${next.name}${born} — ${distance}`;
}

function points(bits: number): string {
  return `${bits > 0 ? '+' : ''}${frenchDecimal(bits)}`;
}

/** Never rounded up to certainty. */
function probabilityText(probability: number): string {
  if (probability > 0.9999) return 'supérieure à 99,99 %';
  if (probability < 0.0001) return 'inférieure à 0,01 %';
  const percent =
    probability > 0.99 || probability < 0.01 ? (100 * probability).toFixed(2) : (100 * probability).toFixed(1);
  return `${percent.replace('.', ',')} %`;
}
