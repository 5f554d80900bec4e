/**
 * The bare loop: the same calls in the same rounds, household after household, with undici, and nothing kept. It neither
 * compares nor decides nor writes; answers are read to their end and let go.
 */
import { Pool } from 'undici';
import type { PersonCall, Rounds } from '../recorded-call.ts';
import { runRival } from './rival-process.ts';

await runRival(({ responderUrl, concurrency, inFlight }, { verify, register }) => {
  const pool = new Pool(responderUrl, { connections: inFlight, pipelining: 1 });
  return Promise.resolve(async () => {
    await callAll(pool, verify, concurrency);
    await callAll(pool, register, concurrency);
  });
});

async function callAll(pool: Pool, households: readonly Rounds[], concurrency: number): Promise<void> {
  let next = 0;
  const visit = async (): Promise<void> => {
    for (let rounds = households[next++]; rounds !== undefined; rounds = households[next++])
      for (const round of rounds) await Promise.all(round.map((one) => call(pool, one)));
  };
  await Promise.all(Array.from({ length: concurrency }, visit));
}

async function call(pool: Pool, { method, path, headers, body }: PersonCall): Promise<void> {
  const answer = await pool.request({ method, path, headers, body });
  await answer.body.arrayBuffer();
}
