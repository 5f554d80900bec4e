import { sql } from 'kysely';
import type { RuleFiles } from '../../domain/rule-set.ts';
import type { Executor } from '../database.ts';

/** The rule files a run decided by. */
export interface RunRules {
  /** Fingerprint of the rule set of its latest decisions; null when it decided nothing. */
  readonly fingerprint: string | null;
  readonly policyVersion: string | null;
  /** How many rule sets its decisions name: more than one when the rules were changed while it was open. */
  readonly sets: number;
  readonly files: RuleFiles;
}

/** Finds the rules a run worked by, with their texts. */
export async function runRules(db: Executor, runId: string): Promise<RunRules> {
  const { rows } = await sql<{ fingerprint: string; policyVersion: string; latest: string }>`
    select d.rule_set as fingerprint, s.policy_version as "policyVersion", max(d.id) as latest
      from decision d join rule_set s on s.fingerprint = d.rule_set
     where d.run_id = ${runId}::bigint group by 1, 2 order by latest desc`.execute(db);
  const [last] = rows;
  if (!last) return { fingerprint: null, policyVersion: null, sets: 0, files: new Map() };
  const files = await db
    .selectFrom('rule_set_file')
    .innerJoin('rule_file', 'rule_file.sha256', 'rule_set_file.sha256')
    .select(['name', 'content'])
    .where('fingerprint', '=', last.fingerprint)
    .execute();
  return {
    fingerprint: last.fingerprint,
    policyVersion: last.policyVersion,
    sets: rows.length,
    files: new Map(files.map(({ name, content }) => [name, content])),
  };
}
