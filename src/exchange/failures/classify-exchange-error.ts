import { CLIENT_RULES } from './client-rules.ts';
import { CONSUMER_RULES } from './consumer-rules.ts';
import { normaliseCode, parseErrorCode } from './error-code.ts';
import type { FailureRule, OutcomeClass, FailureScope, Protocol } from './failure-rule.ts';
import { PROVIDER_RULES } from './provider-rules.ts';

/** All lines, in the order in which they are tried. Codes without an origin we know fit none. */
export const FAILURE_RULES: readonly FailureRule[] = [...CLIENT_RULES, ...CONSUMER_RULES, ...PROVIDER_RULES];

/** What an error of the exchange layer means for the call. */
export interface FailureVerdict {
  readonly class: OutcomeClass;
  readonly scope: FailureScope;
  readonly alert: boolean;
}

const NO_RULE: FailureVerdict = { class: 'unknown', scope: 'route', alert: true };

interface PreparedRule {
  readonly rule: FailureRule;
  readonly codes: readonly string[];
}

const PREPARED: readonly PreparedRule[] = FAILURE_RULES.map((rule) => ({ rule, codes: rule.codes.map(normaliseCode) }));

/** Classifies an error code in either spelling, with the text that came with it. Never throws. */
export function classifyExchangeError(protocol: Protocol, code: string, text: string): FailureVerdict {
  const { origin, segments } = parseErrorCode(code);
  const path = segments.join('.');
  const found = PREPARED.find(
    ({ rule, codes }) =>
      rule.origin === origin &&
      (rule.protocol === undefined || rule.protocol === protocol) &&
      codes.some((prefix) => isAtOrBelow(path, prefix)) &&
      (rule.text === undefined || rule.text.test(text.slice(0, 2_000))),
  )?.rule;
  if (found === undefined) return NO_RULE;
  return { class: found.class, scope: found.scope, alert: found.alert ?? false };
}

function isAtOrBelow(path: string, prefix: string): boolean {
  return prefix === '*' || path === prefix || path.startsWith(`${prefix}.`);
}
