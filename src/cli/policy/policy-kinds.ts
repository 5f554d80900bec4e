import { duplicatePolicyKind } from './kinds/duplicate-policy-kind.ts';
import { identityRuleKind } from './kinds/identity-rule-kind.ts';
import { identityWeightsKind } from './kinds/identity-weights-kind.ts';
import { linkagePolicyKind } from './kinds/linkage-policy-kind.ts';
import { programmePolicy } from './kinds/programme-policy.ts';
import { isObject, type JsonObject, type PolicyKind } from './policy-kind.ts';

/** Every kind of rule file. */
export const POLICY_KINDS: readonly PolicyKind[] = [
  programmePolicy,
  identityRuleKind,
  identityWeightsKind,
  linkagePolicyKind,
  duplicatePolicyKind,
];

/** A text read as JSON; null when it is none, or no object. */
export function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The kind a file is of, by what it holds: the one most of whose own members it has. Null when it has none of any. */
export function kindOf(file: JsonObject): PolicyKind | null {
  const share = ({ signature }: PolicyKind): number =>
    signature.filter((member) => member in file).length / signature.length;
  const [best] = [...POLICY_KINDS].sort((a, b) => share(b) - share(a));
  return best !== undefined && share(best) > 0 ? best : null;
}
