/**
 * A worker of a sabotaged run: the product, composed as `pnbsf-cmu worker` composes it, with one part of the procedure
 * taken out. It lives here and nowhere in the product, so that no configuration can ever switch it on.
 */
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { workUntilStopped } from '../../src/cli/work-until-stopped.ts';
import { processOutput } from '../../src/cli/output.ts';
import { SABOTAGES } from './chaos-options.ts';
import { sabotaged, tamperWithStatements } from './sabotage.ts';

const sabotage = SABOTAGES.find((one) => one === process.argv[2]);
if (sabotage === undefined) throw new Error(`sabotage: one of ${SABOTAGES.join(', ')}`);
const app = await openApp(sabotaged(sabotage, readConfig(process.env)));
try {
  tamperWithStatements(sabotage, app.database.pool);
  process.exitCode = await workUntilStopped(
    app,
    processOutput(process.stdout, process.stderr),
    `Sabotage : ${sabotage}.`,
  );
} finally {
  await app.close();
}
