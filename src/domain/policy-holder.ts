/**
 * Who holds a household's policy. No text says whether it is the head or the manager of the grant, so the roles and
 * their order are policy; that the holder is an adult with a confirmed identity is not negotiable.
 */
import type { HolderRole } from './policy.ts';

/** How far a member is, seen by the choice of a holder. */
export type HolderStanding =
  /** SIGICMU knows them: their code can carry the dependants now. */
  | 'covered'
  /** Confirmed; they can be registered first. */
  | 'registrable'
  /** Still being verified, or their registration has an unknown outcome: wait rather than choose another. */
  | 'undecided'
  /** Waits for a person, or was discarded. */
  | 'unavailable';

export interface HolderCandidate {
  readonly memberNumber: number;
  readonly isHead: boolean;
  /** Youngest possible age, full years; null when unknown. */
  readonly age: number | null;
  readonly standing: HolderStanding;
}

export type HolderChoice<T> = { readonly kind: 'holder'; readonly member: T } | { readonly kind: 'wait' | 'none' };

/** Takes the first role that an adult can fill; waits where a better-placed adult is not decided yet. */
export function choosePolicyHolder<T extends HolderCandidate>(
  members: readonly T[],
  household: { readonly grantManager: number | null; readonly deputyGrantManager: number | null },
  roles: readonly HolderRole[],
  adultAge: number,
): HolderChoice<T> {
  const inRole: Readonly<Record<HolderRole, (member: T) => boolean>> = {
    head: (member) => member.isHead,
    'grant-manager': (member) => member.memberNumber === household.grantManager,
    'deputy-grant-manager': (member) => member.memberNumber === household.deputyGrantManager,
  };
  for (const role of roles) {
    const member = members.find((candidate) => inRole[role](candidate) && (candidate.age ?? 0) >= adultAge);
    if (!member || member.standing === 'unavailable') continue;
    return member.standing === 'undecided' ? { kind: 'wait' } : { kind: 'holder', member };
  }
  return { kind: 'none' };
}
