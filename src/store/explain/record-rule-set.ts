import { createHash } from 'node:crypto';
import type { RuleSet } from '../../domain/rule-set.ts';
import type { Executor } from '../database.ts';

/**
 * Keeps the rule files a process works by, each content once, so that the rules named by a decision can be shown later.
 * A set that was not known is journalled: it came into force.
 */
export async function recordRuleSet(db: Executor, rules: RuleSet): Promise<void> {
  const known = await db
    .selectFrom('rule_set')
    .select('fingerprint')
    .where('fingerprint', '=', rules.fingerprint)
    .executeTakeFirst();
  if (known) return;
  const files = [...rules.files].map(([name, content]) => ({ name, content, sha256: sha256(content) }));
  await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('rule_set')
      .values({ fingerprint: rules.fingerprint, policy_version: rules.policyVersion })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    // Another process that started at the same time was first.
    if (numInsertedOrUpdatedRows !== 1n) return;
    await trx
      .insertInto('rule_file')
      .values(files.map((file) => ({ sha256: file.sha256, content: file.content })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto('rule_set_file')
      .values(files.map((file) => ({ fingerprint: rules.fingerprint, name: file.name, sha256: file.sha256 })))
      .execute();
    await trx
      .insertInto('journal')
      .values({
        actor: 'machine',
        action: 'rules.recorded',
        subject: `rule-set ${rules.fingerprint}`,
        detail: JSON.stringify({ policyVersion: rules.policyVersion, files: files.map(({ name }) => name) }),
      })
      .execute();
  });
}

function sha256(content: string): Buffer {
  return createHash('sha256').update(content).digest();
}
