import { REASONS, type ReasonCode } from '../domain/reasons.ts';
import { UsageError, type Call } from './command.ts';

/** The codes given with `--reason`. Throws {@link UsageError} on one the catalogue does not know. */
export function reasonsOf(call: Call): readonly ReasonCode[] {
  return call.texts('reason').map((code) => {
    const known = (Object.keys(REASONS) as ReasonCode[]).find((one) => one === code.toUpperCase());
    if (known === undefined)
      throw new UsageError(`Motif inconnu : ${code}. « review list » et le rapport les donnent.`);
    return known;
  });
}
