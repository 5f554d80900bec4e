import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import { decideCase } from '../../store/review/decide-case.ts';
import { loadCase } from '../../store/review/load-case.ts';
import type { StepContext } from '../step-context.ts';
import type { ReviewCase } from './review-case.ts';
import { ReviewRefused } from './review-refused.ts';

/** Who decides, and why: part of every decision. */
export interface Reviewer {
  readonly by: string;
  readonly because: string;
}

export interface Verdict {
  readonly reviewed: ReviewCase;
  readonly to: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly identity: ConfirmedIdentity | null;
  readonly renews: string | null;
  readonly distinctFrom: readonly string[];
  readonly certificate: readonly unknown[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Writes a decision on the case as it was seen. Throws {@link ReviewRefused} when somebody was faster. */
export async function writeDecision(
  { db, policy, ruleSet }: Pick<StepContext, 'db' | 'policy' | 'ruleSet'>,
  { by, because }: Reviewer,
  { reviewed, ...verdict }: Verdict,
): Promise<void> {
  const decision = { ...verdict, seen: reviewed, by, because, ruleVersion: policy.version, ruleSet };
  if ((await decideCase(db, decision)) === 'decided') return;
  const now = await loadCase(db, reviewed.id, reviewed.campaign);
  const { ref } = reviewed.member;
  if (now?.state === reviewed.state)
    throw new ReviewRefused('DOSSIER_CHANGE', `Le dossier ${ref} a changé pendant la décision.`);
  const last = now?.decisions.at(-1);
  throw new ReviewRefused('DEJA_DECIDE', `${ref} vient d’être décidé par ${last?.decidedBy ?? 'quelqu’un d’autre'}.`);
}

/** What the machine had compared when it doubted: kept with the decision, as evidence and for learning from it. */
export function seenCertificate({ decisions }: Pick<ReviewCase, 'decisions'>): readonly unknown[] {
  return decisions.findLast(({ certificate }) => certificate.length > 0)?.certificate ?? [];
}
