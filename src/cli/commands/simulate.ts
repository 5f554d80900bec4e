import { resolve } from 'node:path';
import { generatePopulation } from '../../../fixtures/population/population.ts';
import { writeBatchCsv } from '../../../fixtures/population/batch-csv.ts';
import { writeTruth } from '../../../fixtures/population/truth-file.ts';
import { JournalMismatchError } from '../../../fixtures/sandbox/partners/effect-journal.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../fixtures/sandbox/start-sandbox.ts';
import { civilDay } from '../../civil-day.ts';
import { readConfig } from '../../config.ts';
import type { Call, Command } from '../command.ts';
import type { Output } from '../output.ts';
import { isLoopback, sandboxSettings } from '../simulate/sandbox-settings.ts';
import { UnusableFile } from '../unusable-file.ts';
import { untilStopped } from '../until-stopped.ts';

/** `simulate`: the four partners behind Security Servers, with an invented population. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'ouvre un bac à sable : RNU, CNI, état civil et SIGICMU simulés derrière X-Road',
  operands: '',
  options: {
    port: { value: 'PORT', help: 'port du premier serveur de sécurité (par défaut : 8080 ; 0 : un port libre)' },
    'health-port': { value: 'PORT', help: 'port de santé du premier serveur de sécurité (par défaut : un port libre)' },
    host: { value: 'ADRESSE', help: 'adresse d’écoute (par défaut : 127.0.0.1, cette machine seule)' },
    servers: { value: 'N', help: 'serveurs de sécurité devant les mêmes services (par défaut : 1)' },
    tls: { value: 'CERT,CLÉ', help: 'HTTPS avec ce certificat et sa clé (PEM)' },
    people: { value: 'N', help: 'personnes du lot inventé (par défaut : 1000)' },
    seed: { value: 'GRAINE', help: 'même graine, même population et mêmes pannes (par défaut : teranga)' },
    batch: { value: 'FICHIER', help: 'écrit aussi le lot RNU de cette population (CSV)' },
    truth: { value: 'FICHIER', help: 'écrit qui doit être enrôlé et qui ne doit pas l’être (JSON, un par ligne)' },
    ledger: { value: 'FICHIER', help: 'registre des écritures exécutées (JSON, une par ligne)' },
    faults: { value: 'FICHIER', help: 'pannes à provoquer (JSON, voir docs/sandbox.md)' },
    latency: { value: 'MS[,VARIATION]', help: 'durée de traitement de chaque service (par défaut : 0)' },
    'provider-timeout': { value: 'MS', help: 'patience des serveurs de sécurité (par défaut : 60000)' },
    'version-mode': { value: 'MODE', help: 'codes d’erreur : camel (≤ 7.7), snake (≥ 7.8), mixed ou mixed-reverse' },
    'no-idempotency': { help: 'SIGICMU ignore la clé d’idempotence' },
    'no-reference-search': { help: 'SIGICMU ne sait pas chercher par référence' },
    overcharge: { value: 'PART,FCFA', help: 'défaut à trouver : SIGICMU fait payer cette part des personnes' },
    json: { help: 'ligne de démarrage en JSON' },
  },
  details: ['Aucune personne réelle. S’arrête sur Ctrl+C.'],
  async run(call, output) {
    const seed = call.text('seed') ?? 'teranga';
    const asOf = civilDay(new Date(), readConfig(process.env).timeZone);
    const people = call.wholeNumber('people', 1_000);
    const population = generatePopulation({ people, seed, asOf });
    const settings = await sandboxSettings(call, population.registries, seed);
    const batch = pathOf(call, 'batch');
    if (batch !== null) await writeBatchCsv(population, batch);
    const truth = pathOf(call, 'truth');
    if (truth !== null) await writeTruth(population, truth);
    const sandbox = await started(settings);
    warnOfOpenDoor(settings, output);
    const { ledgerFile: ledger = null } = settings;
    announce(sandbox, { people, seed, batch, truth, ledger }, call, output);
    await untilStopped();
    await sandbox.stop();
    return 0;
  },
};

function pathOf(call: Call, name: string): string | null {
  const path = call.text(name);
  return path === null ? null : resolve(path);
}

async function started(settings: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(settings);
  } catch (error) {
    if (!(error instanceof JournalMismatchError)) throw error;
    const ledger = settings.ledgerFile ?? '';
    throw new UnusableFile(
      `Le registre « ${ledger} » et sa mémoire « ${ledger}.state » se contredisent.`,
      'Pour repartir de zéro, supprimez les deux fichiers.',
    );
  }
}

function warnOfOpenDoor({ host = '', port = 0 }: SandboxOptions, output: Output): void {
  if (isLoopback(host)) return;
  output.say(
    `Attention : le bac à sable écoute sur ${host}${port === 0 ? '' : `:${port}`}, sans mot de passe. ` +
      'Toute machine qui atteint cette adresse peut l’appeler.',
  );
}

interface Started {
  readonly people: number;
  readonly seed: string;
  readonly batch: string | null;
  readonly truth: string | null;
  readonly ledger: string | null;
}

/** One line once calls are answered; with `--json` one line of JSON, for programs that start a sandbox. */
function announce({ url, port, securityServers }: Sandbox, files: Started, call: Call, output: Output): void {
  if (call.on('json')) {
    const servers = securityServers.map(({ url: address, healthUrl }) => ({ url: address, healthUrl }));
    output.result(JSON.stringify({ ready: true, url, port, securityServers: servers, ...files }));
    return;
  }
  output.result(`Bac à sable prêt : XROAD_SECURITY_SERVERS=${securityServers.map((one) => one.url).join(',')}`);
  const written = { 'Lot RNU': files.batch, Vérité: files.truth, Registre: files.ledger };
  for (const [label, path] of Object.entries(written)) if (path !== null) output.result(`${label} : ${path}`);
}
