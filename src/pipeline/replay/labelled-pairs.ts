import { isDeepStrictEqual } from 'node:util';
import type { LabelledDecision } from '../../store/replay/labelled-decisions.ts';
import type { ScoredField } from '../../matching/scoring/score-pair.ts';

/** A compared pair of which a decision says whether it is one human. */
export interface LabelledPair {
  readonly isSame: boolean;
  readonly byMachine: boolean;
  readonly route: string;
  readonly fields: readonly ScoredField[];
}

type Entry = Readonly<Record<string, unknown>>;

/** Registries' records that a machine's confirmation rests on; covers and other lines it does not label. */
const CONFIRMING = ['id-card', 'birth-record'];

/**
 * What a decision says of the pairs it saw. A named person labels the record they chose (theirs), the other birth
 * records beside it (not theirs), and the other lines they called the same human or others. Whatever they did not speak
 * of stays unlabelled: registering somebody under the RNU's own names says nothing of the records.
 */
export function labelledPairs({ decidedBy, certificate }: LabelledDecision): readonly LabelledPair[] {
  const entries = certificate.filter(isEntry);
  if (decidedBy === 'machine')
    return entries
      .filter((entry) => CONFIRMING.includes(String(entry['source'])) && entry['verdict'] === 'same')
      .flatMap((entry) => pairOf(entry, true, true));
  const choice = entries.find(({ source }) => source === 'review');
  if (!choice) return [];
  const { chosen, of, distinctFrom } = choice;
  const distinct = Array.isArray(distinctFrom) ? distinctFrom : [];
  return [
    ...(isEntry(chosen) ? pairOf(chosen, true, false) : []),
    ...entries.flatMap((entry) => {
      const { source, reference } = entry;
      if (source === 'birth-record' && isEntry(chosen) && chosen['source'] === source)
        return isDeepStrictEqual(entry, chosen) ? [] : pairOf(entry, false, false);
      if (source !== 'rnu-line' || typeof reference !== 'string') return [];
      if (distinct.includes(reference)) return pairOf(entry, false, false);
      return reference === of ? pairOf(entry, true, false) : [];
    }),
  ];
}

function pairOf(entry: Entry, isSame: boolean, byMachine: boolean): readonly LabelledPair[] {
  const { score } = entry;
  if (!isEntry(score) || typeof score['route'] !== 'string' || !Array.isArray(score['fields'])) return [];
  return [{ isSame, byMachine, route: score['route'], fields: score['fields'] as ScoredField[] }];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
