import type { SubsystemId } from './identifiers.ts';

/** Who calls: the same for every message of this client. */
export interface Caller {
  readonly client: SubsystemId;
  readonly userId: string;
}
