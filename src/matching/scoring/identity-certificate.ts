import type { IdentityComparison } from '../identity-comparison.ts';
import type { Contradiction } from './contradictions.ts';
import type { Route } from './route.ts';
import type { ScoredField, ScoredPair } from './score-pair.ts';

/** What was compared with the person. `other-line`: another line of the RNU. */
export type CertificateSource = 'cover' | 'id-card' | 'birth-record' | 'other-line';

/** Another candidate for the same person, the best of them. Holds personal data. */
export interface NextCandidate {
  readonly name: string;
  /** `AAAA`, `AAAA-MM`, `AAAA-MM-JJ` or `~AAAA`; empty when unknown. */
  readonly birth: string;
  readonly bits: number;
}

/** The sum of evidence as a decision keeps it. Bits are rounded to hundredths. */
export interface CertificateScore {
  readonly route: Route;
  readonly fields: readonly ScoredField[];
  readonly priorBits: number;
  readonly familyBits: number;
  readonly bits: number;
  /** Of being the person's, the other candidates considered. */
  readonly probability: number;
  readonly contradictions: readonly Contradiction[];
  readonly nextCandidate: NextCandidate | null;
  /** Lead over it; negative behind it; null without another candidate. */
  readonly marginBits: number | null;
  readonly weightsVersion: string;
  /** Rule and sum both suffice for the machine to decide alone; absent where nothing was to be decided. */
  readonly certain?: boolean;
}

/** The rule's verdict on a record and the sum of evidence beside it, as JSON. Holds personal data. */
export interface IdentityCertificate extends IdentityComparison {
  readonly source: CertificateSource;
  readonly score: CertificateScore;
}

/** The certificate of a scored pair; `standing` is its rank among the candidates for the same person. */
export function certificateOfPair(
  source: CertificateSource,
  pair: ScoredPair,
  standing: Pick<CertificateScore, 'probability' | 'marginBits' | 'nextCandidate' | 'certain'>,
): IdentityCertificate {
  const { route, contradictions, weightsVersion } = pair;
  const next = standing.nextCandidate;
  return {
    source,
    ...pair.comparison,
    score: {
      route,
      fields: pair.fields.map((field) => ({ ...field, bits: hundredths(field.bits) })),
      priorBits: hundredths(pair.priorBits),
      familyBits: hundredths(pair.familyBits),
      bits: hundredths(pair.bits),
      probability: standing.probability,
      contradictions,
      nextCandidate: next && { ...next, bits: hundredths(next.bits) },
      marginBits: standing.marginBits === null ? null : hundredths(standing.marginBits),
      weightsVersion,
      ...(standing.certain === undefined ? {} : { certain: standing.certain }),
    },
  };
}

/** A pair that competes with no other. */
export function certificateOfLonePair(source: CertificateSource, pair: ScoredPair): IdentityCertificate {
  return certificateOfPair(source, pair, {
    probability: pair.probability,
    marginBits: null,
    nextCandidate: null,
  });
}

function hundredths(bits: number): number {
  return Math.round(bits * 100) / 100;
}
