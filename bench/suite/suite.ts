/**
 * `npm run bench` without a subject: everything the project promises about speed and memory, in one run on one machine.
 * `docs/performance.md` says what is compared with what.
 */
import { machine } from '../machine.ts';
import { openStage, type Stage } from '../pipeline/stage.ts';
import { hasRedis } from '../chaos/servers/redis-server.ts';
import { Collected } from './collected.ts';
import { comparedPart } from './compared-part.ts';
import { FIGURES, type BenchResult, type FigureName } from './figures.ts';
import { importPart } from './import-part.ts';
import { matchingPart } from './matching-part.ts';
import { memoryPart } from './memory-part.ts';
import { scalePart } from './scale-part.ts';
import type { Part, SuiteOptions } from './suite-options.ts';

const NO_REDIS =
  'redis-server is not installed here: the queues were in PostgreSQL throughout, and nothing is shown about Redis.';

/** Measures the parts asked for. `say` hears what is being done. */
export async function runSuite(options: SuiteOptions, say: (text: string) => void): Promise<BenchResult> {
  const found = new Collected();
  const { parts, sizes } = options;
  const where = machine();
  const startedAt = new Date();
  if (!hasRedis()) say(NO_REDIS);
  const asks = (...some: readonly Part[]): boolean => some.some((part) => parts.has(part));
  if (asks('a', 'b', 'f', 'g'))
    await onStage(sizes.comparedPeople, async (stage) => {
      if (asks('a', 'b', 'g')) {
        say(`a, b, g: a night of ${sizes.comparedPeople} people beside its rivals, ${sizes.repeats} times…`);
        await comparedPart(stage, options, found);
      }
      if (asks('f')) {
        say(`f: memory at ${sizes.memoryPeople.join(', ')} people…`);
        await memoryPart(sizes.memoryPeople, stage, found, say);
      }
    });
  if (asks('c')) {
    say(`c: ${sizes.scaledPeople} people, partners at 100 ms, 1, 2 and 4 workers…`);
    await onStage(sizes.scaledPeople, (stage) => scalePart(stage, found));
  }
  if (asks('d')) {
    say(`d: import of ${sizes.importedPeople} lines…`);
    await importPart(sizes.importedPeople, sizes.repeats, found);
  }
  if (asks('e')) {
    say(`e: duplicates among ${sizes.linkedPeople} people…`);
    await matchingPart(sizes.linkedPeople, found);
  }
  return resultOf(options, found, { where, startedAt });
}

async function onStage(people: number, use: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage({ people, seed: 'bench' });
  try {
    await use(stage);
  } finally {
    await stage.close();
  }
}

function resultOf(
  { quick, sizes }: SuiteOptions,
  found: Collected,
  { where, startedAt }: { readonly where: string; readonly startedAt: Date },
): BenchResult {
  const rss = Object.entries(found.rssByPeople);
  for (const [, miB] of rss) found.add('workerRssMiB', miB);
  const spreads = found.spreads();
  const medians = Object.keys(FIGURES).map((name) => [name, spreads[name]?.median ?? null] as const);
  return {
    bench: 'suite',
    mode: quick ? 'quick' : 'full',
    machine: where,
    startedAt: startedAt.toISOString(),
    tookSeconds: (Date.now() - startedAt.getTime()) / 1_000,
    backend: hasRedis() ? 'redis' : 'postgres',
    notes: hasRedis() ? [] : [NO_REDIS],
    repeats: sizes.repeats,
    people: {
      compared: sizes.comparedPeople,
      scaled: sizes.scaledPeople,
      imported: sizes.importedPeople,
      linked: sizes.linkedPeople,
    },
    ...(Object.fromEntries(medians) as Record<FigureName, number | null>),
    // A limit holds for the worst of all sizes, not for the one in the middle.
    workerRssMiB: spreads['workerRssMiB']?.max ?? null,
    redisPeakMiB: spreads['redisPeakMiB']?.max ?? null,
    spreads,
    workerRssMiBByPeople: Object.fromEntries(rss),
  };
}
