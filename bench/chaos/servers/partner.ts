import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PartnerOrder, PartnerReady } from '../partner-process.ts';
import { ended, killed, startChild } from './child.ts';

/** The partners of a run: one process, which may be killed and started again. */
export interface Partner {
  readonly url: string;
  /** `kill -9`; what it had taken in and not yet carried out is lost, as in a real outage. */
  restart(): Promise<void>;
  /** Lets everything that was taken in happen, then ends. */
  stop(): Promise<void>;
}

const PROCESS = fileURLToPath(new URL('../partner-process.js', import.meta.url));

/** Starts them; the batch and the truth are written on the way. */
export async function startPartner(order: PartnerOrder, orderFile: string, logFile: string): Promise<Partner> {
  await writeFile(orderFile, JSON.stringify(order));
  const start = async (): Promise<{ child: ChildProcess; url: string }> => {
    const child = startChild({ program: process.execPath, args: [PROCESS, orderFile], logFile, messages: true });
    const ready = once(child, 'message') as Promise<[PartnerReady]>;
    const failed = ended(child).then((): never => {
      throw new Error(`the partners did not start: ${logFile}`);
    });
    const [{ url }] = await Promise.race([ready, failed]);
    failed.catch(() => undefined); // an end that comes later is ours
    return { child, url };
  };
  let running = await start();
  return {
    url: running.url,
    async restart() {
      await killed(running.child);
      running = await start();
    },
    async stop() {
      running.child.kill('SIGTERM');
      await ended(running.child);
    },
  };
}
