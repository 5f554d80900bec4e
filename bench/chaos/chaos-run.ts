/**
 * One night of invented people under disturbances: servers, partners and workers are real processes of this run, the
 * product is driven by its own commands, and the end is judged by the checker alone.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend, ChaosOptions } from './chaos-options.ts';
import type { ChaosResult } from './chaos-result.ts';
import { checkNight, type CheckedNight } from './checker/check-night.ts';
import { isClean } from './checker/judge.ts';
import { disturbNight, type DisturbedNight } from './disturb-night.ts';
import type { Night } from './night.ts';
import { partnerFaults, troubleShare } from './partner-faults.ts';
import { productCommand, productEnvironment, workerCommand } from './product.ts';
import { runFiles } from './run-files.ts';
import { scaledSettings, timesOf } from './scaled-settings.ts';
import { Crew } from './servers/crew.ts';
import { startPartner, type Partner } from './servers/partner.ts';
import { startPostgres, type RunPostgres } from './servers/postgres-server.ts';
import { startRedis, type RunRedis } from './servers/redis-server.ts';

const CAMPAIGN = 'CHAOS';
const UNREADABLE_LINES = 5;

const POOL = '12';

/**
 * A small night is slowed down, or it would be over while the first disturbance lasts: fewer households at once, and
 * partners that take a tenth of the caller's patience instead of a hundredth. On two processors more than eight
 * households at once in each process only wait for each other, and deadlines would measure that.
 */
function paceOf(people: number): { readonly concurrency: number; readonly takingShare: number } {
  return people < 5_000
    ? { concurrency: people < 1_000 ? 4 : 6, takingShare: 0.1 }
    : { concurrency: 8, takingShare: 0.01 };
}

/** How long a run may take before it is ended: generous, because it only bounds a run that hangs. */
export function limitOf({ people, timeDivisor }: ChaosOptions): number {
  return 300_000 + 25 * people + Math.round(7_200_000 / timeDivisor);
}

interface Servers {
  readonly postgres: RunPostgres;
  readonly redis: RunRedis | null;
  readonly partner: Partner;
}

/** Plays a run from nothing to the verdict. What it started is gone when it resolves or rejects. */
export async function runChaos(
  options: ChaosOptions,
  backend: Backend,
  say: (text: string) => void,
): Promise<ChaosResult> {
  const limitMs = limitOf(options);
  const settings = scaledSettings(options.timeDivisor, limitMs);
  const files = await runFiles(options.directory);
  const night: Night = { options, backend, files, settings, times: timesOf(settings), limitMs, say };
  const postgres = await startPostgres(files.folder);
  try {
    const redis = backend === 'redis' ? await startRedis(files.folder, files.log('redis')) : null;
    const partner = await startPartner(partnerOrder(night), files.order, files.log('partenaires'));
    const result = await playNight(night, { postgres, redis, partner });
    await redis?.stop();
    await postgres.stop();
    if (options.directory === null && result.clean) await rm(files.folder, { recursive: true, force: true });
    return result;
  } catch (error) {
    await postgres.stop();
    say(`The files of the run stay in ${files.folder}.`);
    throw error;
  }
}

function partnerOrder({ options, files, settings, times }: Night): Parameters<typeof startPartner>[0] {
  const readMs = Number(settings['XROAD_READ_MS']);
  const taking = {
    fixedMs: Math.round(readMs * paceOf(options.people).takingShare),
    jitterMs: Math.round(readMs / 30),
  };
  return {
    people: options.people,
    seed: options.seed,
    // The same people on every start of the partners, midnight or not.
    asOf: new Date().toISOString().slice(0, 10),
    port: 0,
    faults: partnerFaults(times, readMs, troubleShare(options.people)),
    latency: {
      cni: taking,
      'etat-civil': taking,
      // There is always something under way when a worker dies.
      sigicmu: { ...taking, slow: { rate: 0.1, extraMs: Math.round(readMs / 3) } },
    },
    providerTimeoutMs: Math.round(60_000 / options.timeDivisor),
    ledgerFile: files.ledger,
    batchFile: files.batch,
    truthFile: files.truth,
    unreadableLines: UNREADABLE_LINES,
  };
}

async function playNight(night: Night, servers: Servers): Promise<ChaosResult> {
  const { options, files, say, times } = night;
  const startedAt = performance.now();
  const env = productEnvironment({
    ...night.settings,
    ...(servers.redis === null ? {} : { REDIS_URL: servers.redis.url }),
    DATABASE_URL: servers.postgres.url,
    XROAD_SECURITY_SERVERS: servers.partner.url,
    PNBSF_CAMPAIGN: CAMPAIGN,
    PNBSF_DATA: files.data,
    PNBSF_LOG: 'warn',
    PNBSF_CONCURRENCY: String(paceOf(options.people).concurrency),
    PNBSF_POOL: POOL,
  });
  await productCommand(['import', files.batch], env);
  const { run } = await productCommand(['run', '--by', 'chaos'], env);
  const runId = String(run);
  say(`Batch imported, run ${runId} opened. Disturbing it…`);
  const command = workerCommand(options.sabotage);
  const crew = new Crew({ workers: options.workers, command, env, logFile: files.log });
  let disturbed: DisturbedNight;
  try {
    disturbed = await disturbNight(night, { ...servers, crew }, runId);
  } finally {
    // Longer than the product's own last resort, a quarter of a minute after the write deadline.
    await crew.dismiss(times.writeDeadlineMs + 20_000);
  }
  await servers.partner.stop();
  const checked = await check(night, servers.postgres, runId, disturbed.state === 'closed' ? env : null);
  const tookMs = Math.round(performance.now() - startedAt);
  return resultOf(night, disturbed, checked, { tookMs, workersEndedByThemselves: crew.endedByThemselves });
}

async function check(
  { files, say }: Night,
  postgres: RunPostgres,
  runId: string,
  reporting: Readonly<Record<string, string>> | null,
): Promise<CheckedNight> {
  say('Checking…');
  if (reporting !== null) await productCommand(['report', runId, '--out', files.report], reporting);
  return checkNight({
    campaign: CAMPAIGN,
    runId,
    batchFile: files.batch,
    truthFile: files.truth,
    ledgerFile: files.ledger,
    reportFile: reporting === null ? null : join(files.report, 'rapprochement.csv'),
    ask: postgres.rows,
  });
}

function resultOf(
  { options, backend, times, limitMs, files }: Night,
  disturbed: DisturbedNight,
  checked: CheckedNight,
  end: Pick<ChaosResult, 'tookMs' | 'workersEndedByThemselves'>,
): ChaosResult {
  return {
    ...end,
    options: { ...options, backend },
    times,
    limitMs,
    folder: files.folder,
    ...disturbed,
    ...checked,
    clean: isClean(checked.verdict) && disturbed.recoveries.inTime,
  };
}
