import { FAILURE_RULES } from '../../../src/exchange/failures/classify-exchange-error.ts';
import type { FailureRule } from '../../../src/exchange/failures/failure-rule.ts';
import { OWN_FAILURES } from '../../../src/exchange/failures/own-failures.ts';

/** The classification as the documentation must show it: one Markdown line for each line of the tables. */
export function documentedLines(): readonly string[] {
  return [...FAILURE_RULES.map(ruleLine), ...Object.entries(OWN_FAILURES).map(ownLine)];
}

function ruleLine(rule: FailureRule): string {
  const codes = rule.codes.map((code) => `\`${rule.origin}.${code}\``).join(', ');
  const outcome = rule.alert === true ? `**${rule.class}**, alert` : `**${rule.class}**`;
  return `| ${codes} | ${rule.protocol ?? 'both'} | ${rule.says ?? ''} | ${outcome} | ${rule.scope} | ${rule.reason} |`;
}

function ownLine([code, own]: readonly [string, (typeof OWN_FAILURES)[keyof typeof OWN_FAILURES]]): string {
  return `| \`${code}\` | **${own.class}** | ${own.scope} | ${own.reason} |`;
}
