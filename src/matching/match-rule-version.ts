/** Version of the rule in `compare-identity.ts`, kept with every verdict. Any change of a verdict is a new version. */
export const MATCH_RULE_VERSION = 'identity-2';
