import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** A rule set that was in force, with the names of its files. */
export interface StoredRuleSet {
  readonly fingerprint: string;
  readonly policyVersion: string;
  readonly recordedAt: Date;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** Rule sets by the beginning of their fingerprint, or all; latest first. */
export async function listRuleSets(db: Executor, beginning = ''): Promise<readonly StoredRuleSet[]> {
  const { rows } = await sql<StoredRuleSet>`
    select s.fingerprint, s.policy_version as "policyVersion", s.recorded_at as "recordedAt",
           jsonb_agg(jsonb_build_object('name', f.name, 'sha256', encode(f.sha256, 'hex')) order by f.name) as files
      from rule_set s join rule_set_file f using (fingerprint)
     where starts_with(s.fingerprint, ${beginning})
     group by s.fingerprint order by s.recorded_at desc, s.fingerprint`.execute(db);
  return rows;
}

/** The text of one file of a rule set, as it was; null when the set has no such file. */
export async function ruleFileText(db: Executor, fingerprint: string, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('rule_set_file')
    .innerJoin('rule_file', 'rule_file.sha256', 'rule_set_file.sha256')
    .select('rule_file.content')
    .where('fingerprint', '=', fingerprint)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.content ?? null;
}
