/** A named person says: this line is not to be registered, and why. The only way anybody is ever turned away. */
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import { findLine, findRegistration, type DuplicateOf } from '../../store/review/find-duplicate.ts';
import { readReference } from '../explain/read-reference.ts';
import { requireWaiting, type DecisionContext } from './confirm-person.ts';
import { openCase, type ReviewCase } from './review-case.ts';
import { ReviewRefused } from './review-refused.ts';
import { seenCertificate, writeDecision, type Reviewer } from './write-decision.ts';

export const DISCARDS = {
  duplicate: 'discarded-duplicate',
  deceased: 'discarded-deceased',
  'out-of-scope': 'out-of-scope',
} as const satisfies Readonly<Record<string, EnrolmentState>>;

export type DiscardedAs = keyof typeof DISCARDS;

export interface Discard extends Reviewer {
  readonly person: string;
  readonly as: DiscardedAs;
  /** What a duplicate is the duplicate of: an RNU reference or a registration code. */
  readonly of: string | null;
}

export interface Discarded {
  readonly case: ReviewCase;
  readonly to: EnrolmentState;
  readonly of: DuplicateOf | null;
}

/** Discards a person who waits for a decision. Throws {@link ReviewRefused}; then nothing is written. */
export async function discardPerson(context: DecisionContext, order: Discard): Promise<Discarded> {
  const reviewed = await openCase(context, order.person);
  requireWaiting(reviewed);
  const of = order.of === null ? null : await duplicateOf(context, reviewed, order.of);
  const to = DISCARDS[order.as];
  const told = of === null ? null : of.kind === 'line' ? of.ref : of.code;
  await writeDecision(context, order, {
    reviewed,
    to,
    reasons: reviewed.reasons,
    identity: null,
    renews: null,
    distinctFrom: [],
    certificate: [...seenCertificate(reviewed), { source: 'review', decision: order.as, of: told }],
    detail: { as: order.as, of: told, reasons: reviewed.reasons },
  });
  return { case: reviewed, to, of };
}

async function duplicateOf(
  { db, campaign }: DecisionContext,
  { member, covers }: ReviewCase,
  written: string,
): Promise<DuplicateOf> {
  const { personRef, registrationCode } = readReference(written);
  const line = personRef === null ? null : await findLine(db, personRef, campaign);
  const shown = covers.some(({ record }) => record.registrationCode === written.trim());
  const found =
    line ??
    (shown ? { kind: 'registration' as const, code: written.trim() } : null) ??
    (await findRegistration(db, registrationCode));
  if (!found) throw new ReviewRefused('DOUBLON_INCONNU', `« ${written} » n’est ni une ligne du RNU ni un code connu.`);
  if (found.kind === 'line' && found.ref === member.ref)
    throw new ReviewRefused('DOUBLON_INCONNU', `${member.ref} ne peut pas être le doublon d’elle-même.`);
  const ends: readonly string[] = Object.values(DISCARDS);
  // One of two lines must stay: a human whose every line is discarded is lost.
  if (found.kind === 'line' && ends.includes(found.state))
    throw new ReviewRefused(
      'DOUBLON_INCONNU',
      `${found.ref} est elle-même écartée : la personne n’aurait plus de ligne.`,
    );
  return found;
}
