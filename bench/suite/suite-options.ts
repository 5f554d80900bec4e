import { parseArgs } from 'node:util';

/** The parts of the bench, each by a letter. */
export const PARTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type Part = (typeof PARTS)[number];

/** How much of each part is measured. */
export interface SuiteSizes {
  /** Parts a, b and g. */
  readonly comparedPeople: number;
  readonly repeats: number;
  /** Part c: at 100 ms a worker does some hundred people a second. */
  readonly scaledPeople: number;
  readonly importedPeople: number;
  readonly linkedPeople: number;
  /** Part f, smallest first. */
  readonly memoryPeople: readonly number[];
}

export interface SuiteOptions {
  readonly quick: boolean;
  readonly json: boolean;
  /** Write table and plot into docs/performance.md. */
  readonly write: boolean;
  readonly parts: ReadonlySet<Part>;
  readonly sizes: SuiteSizes;
}

/** Words nobody can run a bench by; the message says which. */
export class WrongBenchUsage extends Error {}

export const SUITE_USAGE =
  'npm run bench -- [--quick] [--json] [--write] [--only a,b,c,d,e,f,g] [--people N] [--repeats N]';

const FULL: SuiteSizes = {
  comparedPeople: 20_000,
  repeats: 5,
  scaledPeople: 8_000,
  importedPeople: 300_000,
  linkedPeople: 1_000_000,
  memoryPeople: [3_000, 100_000, 1_000_000],
};

const QUICK: SuiteSizes = {
  comparedPeople: 2_500,
  repeats: 3,
  scaledPeople: 6_000,
  importedPeople: 30_000,
  linkedPeople: 20_000,
  memoryPeople: [2_500, 8_000],
};

/** Reads the words of the command line. Throws {@link WrongBenchUsage}. */
export function readSuiteOptions(words: readonly string[]): SuiteOptions {
  const values = parsed(words);
  const sizes = values.quick ? QUICK : FULL;
  const people = values.people === undefined ? null : wholeNumber('--people', values.people);
  return {
    quick: values.quick,
    json: values.json,
    write: values.write,
    parts: new Set(values.only === undefined ? PARTS : values.only.split(',').map(partOf)),
    sizes: {
      ...sizes,
      ...(values.repeats === undefined ? {} : { repeats: wholeNumber('--repeats', values.repeats) }),
      ...(people === null
        ? {}
        : {
            comparedPeople: people,
            scaledPeople: people,
            importedPeople: people,
            linkedPeople: people,
            memoryPeople: [people],
          }),
    },
  };
}

function parsed(words: readonly string[]): {
  quick: boolean;
  json: boolean;
  write: boolean;
  only?: string | undefined;
  people?: string | undefined;
  repeats?: string | undefined;
} {
  try {
    return parseArgs({
      args: [...words],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        only: { type: 'string' },
        people: { type: 'string' },
        repeats: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new WrongBenchUsage(error instanceof Error ? error.message : String(error));
  }
}

function partOf(letter: string): Part {
  const part = PARTS.find((one) => one === letter.trim());
  if (part === undefined) throw new WrongBenchUsage(`--only: « ${letter} » is none of ${PARTS.join(', ')}`);
  return part;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new WrongBenchUsage(`${name}: « ${text} » is not a whole number above 0`);
  return Number(text);
}
