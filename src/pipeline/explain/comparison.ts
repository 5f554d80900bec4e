import { masked } from '../../domain/french/csv.ts';
import { certificateText } from '../../matching/certificate-text.ts';
import type { FieldComparison, IdentityComparison } from '../../matching/identity-comparison.ts';

/** What a comparison weighs, under the version of its weights. */
export interface ToldScore {
  readonly route: string;
  readonly bits: number;
  readonly probability: number;
  /** Lead over the next candidate; null without another. */
  readonly marginBits: number | null;
  readonly weightsVersion: string;
}

/** A registry's record beside the person, as a decision saw it; numbers are masked. Holds personal data. */
export interface ToldComparison {
  /** `cover`, `id-card`, `birth-record`, `rnu-line` or `other-line`; `review` for what a named person chose. */
  readonly source: string;
  /** RNU reference of the other line, where one was compared. */
  readonly reference: string | null;
  readonly verdict: string | null;
  /** The sum of evidence; null where only the rule was asked. */
  readonly score: ToldScore | null;
  readonly fields: readonly FieldComparison[];
  /** The same in French, a line each. */
  readonly text: readonly string[];
}

type Entry = Readonly<Record<string, unknown>>;

/** Reads one entry of a decision's certificate as it was kept. */
export function toldComparison(entry: unknown): ToldComparison {
  const kept: Entry = isEntry(entry) ? entry : {};
  const source = typeof kept['source'] === 'string' ? kept['source'] : '';
  const verdict = typeof kept['verdict'] === 'string' ? kept['verdict'] : null;
  const reference = typeof kept['reference'] === 'string' ? kept['reference'] : null;
  if (!isComparison(kept))
    return {
      source,
      reference,
      verdict,
      score: toldScore(kept),
      fields: [],
      text: source === 'review' ? choiceText(kept) : [],
    };
  const shown = { ...kept, ...maskedScore(kept), certificate: kept.certificate.map(withMaskedNumber) };
  return {
    source,
    reference,
    verdict,
    score: toldScore(kept),
    fields: shown.certificate,
    text: certificateText(shown),
  };
}

const CHOSEN: Readonly<Record<string, string>> = {
  'id-card': 'fichier CNI (DAF)',
  'birth-record': 'registre d’état civil',
};

/** What a named person chose among what they were shown. */
function choiceText(kept: Entry): readonly string[] {
  const { chosen, of, distinctFrom } = kept;
  const others = Array.isArray(distinctFrom) ? distinctFrom.filter((ref) => typeof ref === 'string') : [];
  return [
    ...(chosen === 'rnu' ? ['Identité retenue : celle de la ligne du RNU'] : []),
    ...(isEntry(chosen) ? [`Identité retenue : celle du ${CHOSEN[String(chosen['source'])] ?? 'registre'}`] : []),
    ...(typeof of === 'string' ? [`Doublon de : ${of}`] : []),
    ...(others.length > 0 ? [`Déclaré(e) distinct(e) de : ${others.join(', ')}`] : []),
  ];
}

function isComparison(entry: Entry): entry is Entry & IdentityComparison {
  return Array.isArray(entry['certificate']) && Array.isArray(entry['reasons']) && typeof entry['verdict'] === 'string';
}

function toldScore(kept: Entry): ToldScore | null {
  const score = scoreOf(kept);
  if (score === null || typeof score['route'] !== 'string') return null;
  const number = (name: string): number | null => (typeof score[name] === 'number' ? score[name] : null);
  return {
    route: score['route'],
    bits: number('bits') ?? 0,
    probability: number('probability') ?? 0,
    marginBits: number('marginBits'),
    weightsVersion: typeof score['weightsVersion'] === 'string' ? score['weightsVersion'] : '',
  };
}

/** The weighed fields repeat the values: a number must not come to light there. */
function maskedScore(kept: Entry): Entry {
  const score = scoreOf(kept);
  const fields = score?.['fields'];
  return Array.isArray(fields)
    ? { score: { ...score, fields: (fields as FieldComparison[]).map(withMaskedNumber) } }
    : {};
}

function scoreOf({ score }: Entry): Entry | null {
  return isEntry(score) ? score : null;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withMaskedNumber<T extends Pick<FieldComparison, 'left' | 'right'> & { readonly field: string }>(field: T): T {
  return field.field === 'national-id' ? { ...field, left: masked(field.left), right: masked(field.right) } : field;
}
