/**
 * The partners of a chaos run, in a process of their own that is killed and started again: the same population each
 * time, on the same port, with the ledger it left. Ends with whoever started it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { generatePopulation } from '../../fixtures/population/population.ts';
import { writeTruth } from '../../fixtures/population/truth-file.ts';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import type { LatencyModel } from '../../fixtures/sandbox/security-server/processing-time.ts';
import { startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';

/** What the process is told, as JSON in the file its one argument names. */
export interface PartnerOrder {
  readonly people: number;
  readonly seed: string;
  readonly asOf: string;
  readonly port: number;
  readonly faults: readonly FaultRule[];
  readonly latency: LatencyModel;
  readonly providerTimeoutMs: number;
  readonly ledgerFile: string;
  /** Written by the first start only. */
  readonly batchFile: string;
  readonly truthFile: string;
  readonly unreadableLines: number;
}

/** Sent to whoever started the process once calls are answered. */
export interface PartnerReady {
  readonly url: string;
}

async function main(orderFile: string): Promise<void> {
  const order = JSON.parse(await readFile(orderFile, 'utf8')) as PartnerOrder;
  const population = generatePopulation(order);
  if (order.port === 0) {
    await writeBatchCsv(population, order.batchFile, { unreadableLines: order.unreadableLines });
    await writeTruth(population, order.truthFile);
  }
  const sandbox = await startSandbox({
    registries: population.registries,
    seed: order.seed,
    port: order.port,
    faults: order.faults,
    latency: order.latency,
    providerTimeoutMs: order.providerTimeoutMs,
    ledgerFile: order.ledgerFile,
    // Whatever is sent again is registered again: nothing here but the procedure protects anybody.
    capabilities: { idempotencyKey: false, searchByReference: true },
  });
  if (order.port === 0) await writeFile(orderFile, JSON.stringify({ ...order, port: sandbox.port }));
  process.on('SIGTERM', () => void sandbox.stop().then(() => process.exit(0)));
  process.on('disconnect', () => process.exit(1));
  process.send?.({ url: sandbox.url } satisfies PartnerReady);
}

await main(process.argv[2] ?? '');
