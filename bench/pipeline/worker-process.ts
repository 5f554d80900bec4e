/** A worker of a bench: the parts `pnbsf-cmu worker` is made of, and a message when it is ready. */
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';

const app = await openApp(readConfig(process.env));
const work = await app.startWork();
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => {
  void work
    .close()
    .then(() => app.close())
    .then(() => process.exit(0));
});
process.send?.('ready');
