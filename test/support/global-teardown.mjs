import { rm } from 'node:fs/promises';

/** Stops the suite's PostgreSQL and removes its data. */
export default async function globalTeardown() {
  const { server, directory } = globalThis.suiteServer;
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
