import { serviceParts, subsystemParts } from '../identifier-parts.ts';
import type { ServiceId, SubsystemId } from '../identifiers.ts';
import { encodeIdentifier } from './identifier-encoding.ts';

/** An identifier by its parts and as it is sent, which is how it comes back nearly always. */
export interface SentIdentifier {
  readonly parts: readonly string[];
  readonly encoded: string;
}

// The same few objects name the parties of all calls of a process: each is taken apart once.
const clients = new WeakMap<SubsystemId, SentIdentifier>();
const services = new WeakMap<ServiceId, SentIdentifier>();

/** Who calls. Throws `InvalidCallError` when it cannot be written. */
export function sentClient(id: SubsystemId): SentIdentifier {
  const known = clients.get(id);
  if (known !== undefined) return known;
  const sent = sentIdentifier(subsystemParts(id));
  clients.set(id, sent);
  return sent;
}

/** What is called. Throws `InvalidCallError` when it cannot be written. */
export function sentService(id: ServiceId): SentIdentifier {
  const known = services.get(id);
  if (known !== undefined) return known;
  const sent = sentIdentifier(serviceParts(id));
  services.set(id, sent);
  return sent;
}

function sentIdentifier(parts: readonly string[]): SentIdentifier {
  return { parts, encoded: encodeIdentifier(parts) };
}
