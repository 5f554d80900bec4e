/** `npm run bench -- [NAME] [options]`: runs one bench, or without a name all that is promised, and prints what it found. */
import { capacityBench } from './capacity/capacity-bench.ts';
import { exchangeBench } from './exchange/exchange-bench.ts';
import { importBench } from './import/import-bench.ts';
import { matchingBench } from './matching-speed/matching-bench.ts';
import { matchKeysBench } from './match-keys/match-keys-bench.ts';
import { matchingQualityBench } from './matching-quality/matching-quality-bench.ts';
import { workbookMemoryBench } from './report/workbook-memory.ts';
import { routesBench } from './routes/routes-bench.ts';
import { suiteBench } from './suite/suite-bench.ts';
import { SUITE_USAGE, WrongBenchUsage } from './suite/suite-options.ts';

const BENCHES: Readonly<Record<string, (words: readonly string[]) => Promise<string>>> = {
  capacity: capacityBench,
  exchange: exchangeBench,
  import: importBench,
  matching: matchingBench,
  'match-keys': matchKeysBench,
  'matching-quality': matchingQualityBench,
  routes: routesBench,
  'workbook-memory': workbookMemoryBench,
};

// What runs beside this process, servers too, ends with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const words = process.argv.slice(2);
const [name = ''] = words;
const bench = BENCHES[name];
try {
  if (bench !== undefined) process.stdout.write(`${await bench(words.slice(1))}\n`);
  else if (name === '' || name.startsWith('-')) process.stdout.write(`${await suiteBench(words)}\n`);
  else throw new WrongBenchUsage(`« ${name} » is no bench`);
} catch (error) {
  if (!(error instanceof WrongBenchUsage)) throw error;
  const names = Object.keys(BENCHES).join(' | ');
  process.stderr.write(`${error.message}\nUsage: ${SUITE_USAGE}\n       npm run bench -- ${names} [options]\n`);
  process.exitCode = 2;
}
