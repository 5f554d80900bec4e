import { resolve } from 'node:path';
import { generatePopulation } from '../../../fixtures/population/population.ts';
import { writeBatchCsv } from '../../../fixtures/population/batch-csv.ts';
import { startSandbox } from '../../../fixtures/sandbox/start-sandbox.ts';
import { civilDay } from '../../civil-day.ts';
import { readConfig } from '../../config.ts';
import { readFaultRules } from '../../../fixtures/sandbox/faults/read-fault-rules.ts';
import type { Command } from '../command.ts';
import { untilStopped } from '../until-stopped.ts';

/** `simulate`: the four partners behind a Security Server, with an invented population. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'ouvre un bac à sable : RNU, CNI, état civil et SIGICMU simulés derrière X-Road',
  operands: '',
  options: {
    port: { value: 'PORT', help: 'port du serveur de sécurité simulé (par défaut : 8080)' },
    people: { value: 'N', help: 'personnes du lot inventé (par défaut : 1000)' },
    seed: { value: 'GRAINE', help: 'même graine, même population et mêmes pannes (par défaut : teranga)' },
    faults: { value: 'FICHIER', help: 'pannes à provoquer (JSON, voir docs/sandbox.md)' },
    ledger: { value: 'FICHIER', help: 'registre des écritures exécutées (JSON, une par ligne)' },
    batch: { value: 'FICHIER', help: 'écrit aussi le lot RNU de cette population (CSV)' },
  },
  details: ['N’écoute que sur 127.0.0.1. Aucune personne réelle. S’arrête sur Ctrl+C.'],
  async run(call, output) {
    const seed = call.text('seed') ?? 'teranga';
    const asOf = civilDay(new Date(), readConfig(process.env).timeZone);
    const population = generatePopulation({ people: call.wholeNumber('people', 1_000), seed, asOf });
    const batch = call.text('batch');
    if (batch !== null) await writeBatchCsv(population, resolve(batch));
    const faultsFile = call.text('faults');
    const ledger = call.text('ledger');
    const sandbox = await startSandbox({
      registries: population.registries,
      seed,
      port: call.wholeNumber('port', 8_080),
      ...(faultsFile === null ? {} : { faults: readFaultRules(faultsFile) }),
      ...(ledger === null ? {} : { ledgerFile: resolve(ledger) }),
    });
    output.result(`Bac à sable prêt : XROAD_SECURITY_SERVERS=${sandbox.url}`);
    if (batch !== null) output.result(`Lot RNU : ${resolve(batch)}`);
    await untilStopped();
    await sandbox.stop();
    return 0;
  },
};
