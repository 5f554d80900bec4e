import type { ServiceId, SubsystemId } from './identifiers.ts';
import { InvalidCallError } from './invalid-call.ts';

/** The four parts of a subsystem in protocol order. Throws `InvalidCallError` when one is empty. */
export function subsystemParts(id: SubsystemId): readonly string[] {
  return checked('subsystem', [id.instance, id.memberClass, id.memberCode, id.subsystem]);
}

/** The five parts of a service in protocol order; the version, known to SOAP only, is not among them. */
export function serviceParts(id: ServiceId): readonly string[] {
  return checked('service', [id.instance, id.memberClass, id.memberCode, id.subsystem, id.serviceCode]);
}

/** A Security Server refuses a blank part with a misleading internal error, so that it is caught here. */
function checked(kind: string, parts: readonly string[]): readonly string[] {
  if (parts.some((part) => part.trim() === '')) throw new InvalidCallError(`blank part in the ${kind} identifier`);
  return parts;
}
