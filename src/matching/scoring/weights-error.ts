/** The weights file cannot be used; the message names the member and what was expected there. */
export class IdentityWeightsError extends Error {
  readonly code = 'IDENTITY_WEIGHTS_INVALID';

  constructor(member: string, expected: string) {
    super(`identity-weights.json : « ${member} » : attendu ${expected} (IDENTITY_WEIGHTS_INVALID)`);
    this.name = 'IdentityWeightsError';
  }
}
