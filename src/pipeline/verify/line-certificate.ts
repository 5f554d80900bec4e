import type { IdentityComparison } from '../../matching/identity-comparison.ts';
import type { ScoredPair } from '../../matching/scoring/score-pair.ts';

/** Two lines of the RNU compared, as a decision keeps it. Holds personal data. */
export interface LineCertificate extends IdentityComparison {
  readonly source: 'rnu-line';
  /** RNU references of the two lines; the first is on the left of every field. */
  readonly ownReference: string;
  readonly reference: string;
  readonly score: Omit<ScoredPair, 'comparison'>;
}

/** The certificate of a weighed pair. */
export function lineCertificate(ownReference: string, reference: string, pair: ScoredPair): LineCertificate {
  const { comparison, ...score } = pair;
  return { source: 'rnu-line', ownReference, reference, ...comparison, score };
}

/** The same certificate for the other line's decision: its values on the left. */
export function mirrored(line: LineCertificate): LineCertificate {
  const turn = <T extends { readonly left: string; readonly right: string }>(field: T): T => ({
    ...field,
    left: field.right,
    right: field.left,
  });
  return {
    ...line,
    ownReference: line.reference,
    reference: line.ownReference,
    certificate: line.certificate.map(turn),
    score: { ...line.score, fields: line.score.fields.map(turn) },
  };
}
