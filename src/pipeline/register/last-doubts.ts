import { openSuspicions, type OpenSuspicion } from '../../store/duplicates/suspicions.ts';
import { sharingIdentity } from '../../store/household/shared-identities.ts';
import type { StepContext } from '../step-context.ts';
import { mirrored, type LineCertificate } from '../verify/line-certificate.ts';

/**
 * Who must not be registered before a person has looked, with what shows why: they share a registry identity with
 * somebody else, or a line verified after theirs turned out to be perhaps the same human.
 */
export async function lastDoubts(
  { db, matcher }: StepContext,
  enrolmentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LineCertificate[]>> {
  const [sharing, suspicions] = await Promise.all([
    sharingIdentity(db, enrolmentIds),
    openSuspicions(db, enrolmentIds),
  ]);
  const doubted = new Set([
    ...enrolmentIds.filter((id) => sharing.has(id)),
    ...suspicions.map(({ enrolmentId }) => enrolmentId),
  ]);
  return new Map(
    [...doubted].map((id) => {
      const own = suspicions.filter(({ enrolmentId }) => enrolmentId === id);
      return [id, namedOnce(own).slice(0, matcher.duplicates.linesNamed).map(ownSide)];
    }),
  );
}

/** A pair found from both sides is one. */
function namedOnce(suspicions: readonly OpenSuspicion[]): readonly OpenSuspicion[] {
  return suspicions.filter(
    ({ otherRef }, index) => suspicions.findIndex((earlier) => earlier.otherRef === otherRef) === index,
  );
}

function ownSide({ certificate, mirrored: fromThere }: OpenSuspicion): LineCertificate {
  const line = certificate as LineCertificate;
  return fromThere ? mirrored(line) : line;
}
