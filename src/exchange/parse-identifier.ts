import type { ServiceId, SubsystemId } from './identifiers.ts';

/** An identifier in a setting that has not the parts its kind needs. */
export class IdentifierError extends Error {
  readonly code = 'IDENTIFIANT_XROAD';
}

/** Reads `instance/class/member/subsystem`, as settings write it. Throws {@link IdentifierError}. */
export function parseSubsystemId(text: string): SubsystemId {
  const [instance, memberClass, memberCode, subsystem, ...rest] = text.split('/');
  if (!instance || !memberClass || !memberCode || !subsystem || rest.length > 0)
    throw new IdentifierError(`« ${text} » : attendu instance/classe/membre/sous-système`);
  return { instance, memberClass, memberCode, subsystem };
}

/** Reads `instance/class/member/subsystem/service[/version]`. Throws {@link IdentifierError}. */
export function parseServiceId(text: string): ServiceId {
  const parts = text.split('/');
  const [serviceCode, serviceVersion, ...rest] = parts.slice(4);
  if (!serviceCode || rest.length > 0)
    throw new IdentifierError(`« ${text} » : attendu instance/classe/membre/sous-système/service[/version]`);
  const subsystem = parseSubsystemId(parts.slice(0, 4).join('/'));
  return { ...subsystem, serviceCode, ...(serviceVersion ? { serviceVersion } : {}) };
}
