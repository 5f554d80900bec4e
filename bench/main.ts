/** `npm run bench -- NAME [options]`: runs one bench and prints what it found. */
import { exchangeBench } from './exchange/exchange-bench.ts';

const BENCHES: Readonly<Record<string, (words: readonly string[]) => Promise<string>>> = {
  exchange: exchangeBench,
};

const [name = '', ...words] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')} [options]\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${await bench(words)}\n`);
}
