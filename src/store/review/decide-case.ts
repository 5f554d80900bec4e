import { sql } from 'kysely';
import { mayMove, type EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import { breakLink } from '../duplicates/broken-links.ts';
import type { ConfirmedIdentity } from '../household/claim-household.ts';
import type { StoredCase } from './load-case.ts';
import { sharingPeople } from './sharing-people.ts';

/** A named person's decision on a case, as it was seen. */
export interface CaseDecision {
  readonly seen: Pick<StoredCase, 'id' | 'personId' | 'state' | 'fence' | 'runId' | 'member' | 'decisions' | 'sharing'>;
  readonly to: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly by: string;
  readonly because: string;
  readonly ruleVersion: string;
  readonly ruleSet: string;
  /** What was compared and shown, and what was chosen. */
  readonly certificate: readonly unknown[];
  readonly identity: ConfirmedIdentity | null;
  readonly renews: string | null;
  /** People this one was declared to be another than. */
  readonly distinctFrom: readonly string[];
  /** Words for the journal, without personal data. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** `overtaken`: the case is no longer as it was seen; nothing was written. */
export type DecisionResult = 'decided' | 'overtaken';

/**
 * Writes a decision: state, decision, broken links and journal together. One decision at a time, so that of two people
 * who decide on two lines of one human the second sees what the first did. A confirmed person is left to the next look of
 * a sweeper, which opens their step in the run that counts them.
 */
export async function decideCase(db: Executor, decision: CaseDecision): Promise<DecisionResult> {
  const { seen, to } = decision;
  if (!mayMove(seen.state, to, 'person')) return 'overtaken';
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('pnbsf-cmu:review'))`.execute(trx);
    if (await changedSince(trx, decision)) return 'overtaken';
    await writeState(trx, decision);
    await trx
      .insertInto('decision')
      .values({
        enrolment_id: seen.id,
        run_id: seen.runId,
        from_state: seen.state,
        to_state: to,
        reasons: [...decision.reasons],
        rule_version: decision.ruleVersion,
        rule_set: decision.ruleSet,
        decided_by: decision.by,
        because: decision.because,
        certificate: JSON.stringify(decision.certificate),
        facts: null,
      })
      .execute();
    for (const other of decision.distinctFrom)
      await breakLink(trx, { personIds: [seen.personId, other], by: decision.by, because: decision.because });
    await trx
      .insertInto('journal')
      .values({
        actor: decision.by,
        action: ['confirmed', 'outcome-unknown'].includes(to) ? 'review.confirm' : 'review.discard',
        subject: `person ${seen.personId}`,
        detail: JSON.stringify({ ...decision.detail, to, because: decision.because }),
      })
      .execute();
    return 'decided';
  });
}

/** Whether anything the reviewer judged by is different now. Locks the enrolment. */
async function changedSince(trx: Executor, { seen }: CaseDecision): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`
    select e.state = ${seen.state} and e.fence = ${seen.fence}::bigint as same
      from enrolment e where e.id = ${seen.id}::bigint for update`.execute(trx);
  if (rows[0]?.same !== true) return true;
  const latest = await trx
    .selectFrom('decision')
    .select(({ fn }) => fn.max('id').as('id'))
    .where('enrolment_id', '=', seen.id)
    .executeTakeFirst();
  if ((latest?.id ?? null) !== (seen.decisions.at(-1)?.id ?? null)) return true;
  const sharing = await sharingPeople(trx, seen.id);
  const asSeen = new Map(seen.sharing.map((one) => [one.personId, one.committed]));
  return sharing.some((one) => asSeen.get(one.personId) !== one.committed);
}

async function writeState(trx: Executor, { seen, to, reasons, identity, renews }: CaseDecision): Promise<void> {
  const goesOn = to === 'confirmed' || to === 'outcome-unknown';
  await sql`
    update enrolment
       set state = ${to}, step = 'none', reasons = ${[...reasons]}::text[], tries = 0, not_before = null,
           unknown_since = case when ${to} = 'outcome-unknown' then now() end,
           identity = coalesce(${identity === null ? null : JSON.stringify(identity)}::jsonb, identity),
           renews = coalesce(${renews}, renews),
           staff_since = case when ${goesOn} then now() end, staff_run_id = null
     where id = ${seen.id}::bigint`.execute(trx);
}
