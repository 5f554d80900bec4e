import { createHash } from 'node:crypto';

/** The rule files as they were read, by their path inside the configuration folder. */
export type RuleFiles = ReadonlyMap<string, string>;

/** Everything a decision's rules are made of. Two sets with one fingerprint hold the same texts. */
export interface RuleSet {
  /** Twelve hexadecimal digits over names and contents. */
  readonly fingerprint: string;
  readonly policyVersion: string;
  readonly files: RuleFiles;
}

/** Names a set of rule files by its content: a version written by hand may be forgotten when a file is changed. */
export function ruleSetOf(policyVersion: string, files: RuleFiles): RuleSet {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update('\0').update(content).update('\0');
  return { fingerprint: hash.digest('hex').slice(0, 12), policyVersion, files };
}
