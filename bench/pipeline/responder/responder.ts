import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ended, killed, startChild } from '../../chaos/servers/child.ts';
import type { ResponderOrder, ResponderReport, ResponderWish } from './responder-process.ts';

/** The partners of a bench, running. */
export interface Responder {
  readonly url: string;
  /** Tells it something and resolves to how it stands once that is done. */
  tell(wish: ResponderWish): Promise<ResponderReport>;
  stop(): Promise<void>;
}

// Benches run compiled: Node 20 does not read TypeScript.
const PROCESS = fileURLToPath(new URL('./responder-process.js', import.meta.url));
/** MiB; a million people and their registries take about three thousand. */
const HEAP = '--max-old-space-size=12000';

/** Starts it; the batch is written on the way. It ends with this process. */
export async function startResponder(order: ResponderOrder, orderFile: string, logFile: string): Promise<Responder> {
  await writeFile(orderFile, JSON.stringify(order));
  const args = [HEAP, PROCESS, orderFile];
  const child = startChild({ program: process.execPath, args, logFile, messages: true });
  const failed = ended(child).then((): never => {
    throw new Error(`the responder ended: ${logFile}`);
  });
  failed.catch(() => undefined); // its end with ours
  const report = async (): Promise<ResponderReport> => {
    const [told] = (await Promise.race([once(child, 'message'), failed])) as [ResponderReport];
    return told;
  };
  const { port } = await report();
  return {
    url: `http://127.0.0.1:${port}`,
    async tell(wish) {
      const done = report();
      child.send(wish);
      return done;
    },
    stop: () => killed(child),
  };
}
