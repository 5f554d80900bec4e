import type { ComparedFacts } from './compare-facts.ts';
import type { PersonFacts } from './person-facts.ts';

/** A field whose disagreement no sum of other evidence makes up for. */
export type Contradiction = 'national-id' | 'birth' | 'given-names';

/** Two full dates further apart are an error in about 1 of 2 000 true pairs. */
const FAR_YEARS = 10;

/** NIN different beyond a slip, full birth dates more than ten years apart, given names with nothing in common. */
export function findContradictions(
  left: PersonFacts,
  right: PersonFacts,
  { levels }: Pick<ComparedFacts, 'levels'>,
): readonly Contradiction[] {
  const levelOf = (field: string): string | undefined => levels.find((one) => one.field === field)?.level;
  const given = levelOf('given-names');
  return [
    ...(levelOf('national-id') === 'different' ? (['national-id'] as const) : []),
    ...(bornFarApart(left, right) ? (['birth'] as const) : []),
    ...(given === 'different' || given === 'look-alike' ? (['given-names'] as const) : []),
  ];
}

function bornFarApart({ birth: a }: PersonFacts, { birth: b }: PersonFacts): boolean {
  if (a.year === null || b.year === null || a.day === null || b.day === null) return false;
  return Math.abs(a.year - b.year) > FAR_YEARS;
}
