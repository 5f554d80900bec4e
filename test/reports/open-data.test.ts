import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PeopleGroup } from '../../src/reports/indicators/people-groups.ts';
import { openFigures, type OpenFigure } from '../../src/reports/open-data/open-tables.ts';

const SMALLEST = 5;
const MEASURES = ['people', 'covered', 'enrolled', 'toReview'] as const;
type Counts = Record<(typeof MEASURES)[number], number>;

/** A département's people, with what it lies in. */
interface Place {
  readonly region: string;
  readonly insurer: string;
  readonly counts: Counts;
}

function group(by: PeopleGroup['by'], value: string, within: PeopleGroup['within'], parts: readonly Counts[]) {
  const add = (measure: keyof Counts): number => parts.reduce((sum, part) => sum + part[measure], 0);
  const counts = Object.fromEntries(MEASURES.map((measure) => [measure, add(measure)])) as Counts;
  return { by, value, within, ...counts, eligible: counts.people, waiting: 0, daysWaited: 0 } satisfies PeopleGroup;
}

/** The three breakdowns of the same people, as a report makes them. */
function groupsOf(places: readonly Place[]): readonly PeopleGroup[] {
  const by = (key: 'region' | 'insurer'): readonly PeopleGroup[] =>
    [...new Set(places.map((place) => place[key]))].map((value) =>
      group(
        key,
        value,
        null,
        places.filter((place) => place[key] === value).map(({ counts }) => counts),
      ),
    );
  const departements = places.map(({ region, insurer, counts }, at) =>
    group('departement', `d${at}`, { region, insurer }, [counts]),
  );
  return [...by('region'), ...departements, ...by('insurer')];
}

const counts = fc
  .tuple(...[0, 1, 2, 3].map(() => fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 300 }))))
  .map(([enrolled = 0, before = 0, toReview = 0, other = 0]) => ({
    people: enrolled + before + toReview + other,
    covered: enrolled + before,
    enrolled,
    toReview,
  }));
const places = fc.array(
  fc.record({
    region: fc.constantFrom('R1', 'R2', 'R3', 'R4'),
    insurer: fc.constantFrom('A1', 'A2', 'A3', 'A4', 'A5'),
    counts,
  }),
  { minLength: 2, maxLength: 12 },
);

const PRIME = 1_000_003n;

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, ((base % PRIME) + PRIME) % PRIME];
  for (let left = exponent; left > 0n; left /= 2n) {
    if (left % 2n === 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

/** Rank of a matrix, in whole numbers, so that nothing is lost to rounding. */
function rank(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => row.map((value) => BigInt(value)));
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const at = rows.findIndex((row, index) => index >= found && row[column] !== 0n);
    if (at < 0) continue;
    [rows[found], rows[at]] = [rows[at]!, rows[found]!];
    const inverse = power(rows[found]![column]!, PRIME - 2n);
    for (let other = found + 1; other < rows.length; other += 1) {
      const factor = (rows[other]![column]! * inverse) % PRIME;
      rows[other] = rows[other]!.map(
        (value, index) => (((value - factor * rows[found]![index]!) % PRIME) + PRIME) % PRIME,
      );
    }
    found += 1;
  }
  return found;
}

function sumOver(atoms: readonly Place[], { by, value }: Pick<OpenFigure, 'by' | 'value'>): readonly number[] {
  return atoms.map((place, at) => Number((by === 'departement' ? `d${at}` : place[by as 'region']) === value));
}

describe('open data', () => {
  it('a small cell cannot be computed from what is published, by any sums and differences', () => {
    fc.assert(
      fc.property(places, (people) => {
        const figures = openFigures('2026-11-21', groupsOf(people), SMALLEST);
        for (const measure of MEASURES) {
          const ofMeasure = figures.filter((figure) => figure.measure === measure);
          const total = people.reduce((sum, { counts: of }) => sum + of[measure], 0);
          const known = ofMeasure
            .filter(({ people: shown }) => shown !== null)
            .map((figure) => sumOver(people, figure));
          const withTotal = [...known, people.map(() => 1)];
          for (const figure of ofMeasure) {
            const row = sumOver(people, figure);
            const value = people.reduce((sum, { counts: of }, at) => sum + row[at]! * of[measure], 0);
            if (value === 0 || value >= SMALLEST || value === total) continue;
            expect(figure.people).toBeNull();
            expect(rank([...withTotal, row])).toBe(rank(withTotal) + 1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a département is not given away by its région', () => {
    const some = (people: number): Counts => ({ people, covered: people, enrolled: people, toReview: 0 });
    const figures = openFigures(
      '2026-11-21',
      groupsOf([
        { region: 'Dakar', insurer: 'A1', counts: some(60) },
        { region: 'Dakar', insurer: 'A2', counts: some(37) },
        { region: 'Dakar', insurer: 'A2', counts: some(3) },
        { region: 'Kolda', insurer: 'A3', counts: some(8) },
      ]),
      SMALLEST,
    );
    const shown = new Map(
      figures.filter(({ measure }) => measure === 'people').map(({ by, value, people }) => [`${by} ${value}`, people]),
    );
    expect(shown.get('region Dakar')).toBe(100);
    expect([shown.get('departement d1'), shown.get('departement d2')]).toEqual([null, null]);
    // d0 alone makes up its insurer, so that only the pair is known.
    expect(shown.get('departement d0')).toBe(60);
  });

  it('two of a hundred left uncounted are as few as two counted', () => {
    const figures = openFigures(
      '2026-11-21',
      groupsOf([
        { region: 'Dakar', insurer: 'A1', counts: { people: 100, covered: 60, enrolled: 60, toReview: 38 } },
        { region: 'Kolda', insurer: 'A2', counts: { people: 100, covered: 60, enrolled: 60, toReview: 40 } },
      ]),
      SMALLEST,
    );
    const shown = (measure: OpenFigure['measure']): unknown =>
      figures.find((one) => one.by === 'departement' && one.value === 'd0' && one.measure === measure)?.people;
    expect([shown('people'), shown('covered'), shown('toReview')]).toEqual([100, 60, null]);
  });

  it('large cells are published', () => {
    const full = { people: 400, covered: 250, enrolled: 200, toReview: 100 };
    const figures = openFigures(
      '2026-11-21',
      groupsOf(['R1', 'R1', 'R2'].map((region, at) => ({ region, insurer: `A${at}`, counts: full }))),
      SMALLEST,
    );
    expect(figures.length).toBeGreaterThan(0);
    expect(figures.filter(({ people }) => people === null)).toEqual([]);
  });
});
