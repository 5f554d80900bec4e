/** `npm run bench -- NAME [options]`: runs one bench and prints what it found. */
import { exchangeBench } from './exchange/exchange-bench.ts';
import { matchingBench } from './matching-speed/matching-bench.ts';
import { matchKeysBench } from './match-keys/match-keys-bench.ts';
import { matchingQualityBench } from './matching-quality/matching-quality-bench.ts';
import { workbookMemoryBench } from './report/workbook-memory.ts';
import { routesBench } from './routes/routes-bench.ts';

const BENCHES: Readonly<Record<string, (words: readonly string[]) => Promise<string>>> = {
  exchange: exchangeBench,
  matching: matchingBench,
  'match-keys': matchKeysBench,
  'matching-quality': matchingQualityBench,
  routes: routesBench,
  'workbook-memory': workbookMemoryBench,
};

const [name = '', ...words] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')} [options]\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${await bench(words)}\n`);
}
