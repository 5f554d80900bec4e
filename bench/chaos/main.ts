/** `npm run chaos`: a night under disturbances, and an independent judgement of it. `docs/reliability.md` explains it. */
import { readOptions, USAGE, WrongUsage, type Backend, type ChaosOptions } from './chaos-options.ts';
import { limitOf, runChaos } from './chaos-run.ts';
import { chaosText, lastLine } from './chaos-text.ts';
import { scaledSettings } from './scaled-settings.ts';
import { hasRedis } from './servers/redis-server.ts';

const CLEAN = 0;
const FOUND = 1;
const WRONG_USAGE = 2;
/** The run itself could not be carried out: nothing is shown either way. */
const NOT_RUN = 3;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return CLEAN;
  }
  const options = readOptions(words);
  const backend = backendOf(options);
  announce(options, backend);
  const result = await runChaos(options, backend, say);
  if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else process.stdout.write(`${chaosText(result)}\n`);
  process.stdout.write(`${lastLine(result)}\n`);
  return result.clean ? CLEAN : FOUND;
}

function backendOf({ backend, workers }: ChaosOptions): Backend {
  const chosen = backend ?? (hasRedis() ? 'redis' : 'postgres');
  if (backend === null && chosen === 'postgres')
    say('NO redis-server HERE: queues on PostgreSQL. Nothing is shown about Redis.');
  if (backend === 'redis' && !hasRedis()) throw new WrongUsage('--backend redis: redis-server is not installed');
  // 200 sessions, of which each worker may hold some forty.
  if (chosen === 'postgres' && workers > 4) throw new WrongUsage('--workers: at most 4 with queues on PostgreSQL');
  return chosen;
}

function announce(options: ChaosOptions, backend: Backend): void {
  const limitMs = limitOf(options);
  const settings = scaledSettings(options.timeDivisor, limitMs);
  const shown = ['PNBSF_LEASE_MS', 'PNBSF_SETTLE_MS', 'XROAD_WRITE_MS', 'XROAD_READ_MS', 'PNBSF_FIRST_PAUSE_MS'];
  say(`seed ${options.seed}, backend ${backend}, all times of production × 1/${options.timeDivisor}:`);
  say(`  ${shown.map((key) => `${key} ${settings[key] ?? '?'}`).join(', ')}`);
  say(`ended after ${Math.round(limitMs / 1_000)} s at the latest`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(NOT_RUN));
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const wrong = error instanceof WrongUsage;
  say(wrong ? `${error.message}\n${USAGE}` : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = wrong ? WRONG_USAGE : NOT_RUN;
}
// What is left of timers of frozen workers must not hold up the end.
process.exit();
