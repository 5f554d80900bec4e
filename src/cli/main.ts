/** The command line: finds the command, checks the call, and turns every error into words and an exit status. */
import { packageVersion } from '../package-root.ts';
import { UsageError, type Command } from './command.ts';
import { dedupe } from './commands/dedupe.ts';
import { demo } from './commands/demo.ts';
import { destination } from './commands/destination.ts';
import { doctor } from './commands/doctor.ts';
import { exchangeCommand } from './commands/exchange.ts';
import { explain } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { mail } from './commands/mail.ts';
import { match } from './commands/match.ts';
import { migrateCommand } from './commands/migrate.ts';
import { plan } from './commands/plan.ts';
import { policy } from './commands/policy.ts';
import { report } from './commands/report.ts';
import { reprocess } from './commands/reprocess.ts';
import { review } from './commands/review.ts';
import { run } from './commands/run.ts';
import { scheduler } from './commands/scheduler.ts';
import { serve } from './commands/serve.ts';
import { simulate } from './commands/simulate.ts';
import { status } from './commands/status.ts';
import { worker } from './commands/worker.ts';
import { explainError } from './explain-error.ts';
import { commandHelp, programHelp } from './help.ts';
import { processOutput, type Output } from './output.ts';
import { parseCall } from './parse-call.ts';

const COMMANDS: readonly Command[] = [
  demo,
  importCommand,
  run,
  status,
  plan,
  report,
  mail,
  review,
  reprocess,
  explain,
  policy,
  serve,
  worker,
  scheduler,
  simulate,
  destination,
  doctor,
  exchangeCommand,
  match,
  dedupe,
  migrateCommand,
];

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs one command line; resolves to the exit status and never rejects. */
export async function main(words: readonly string[]): Promise<number> {
  const output = processOutput(process.stdout, process.stderr);
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    output.result(programHelp(COMMANDS, packageVersion()));
    return name === undefined ? WRONG_USAGE : DONE;
  }
  if (name === '--version') {
    output.result(packageVersion());
    return DONE;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    output.say(`Commande inconnue : ${name}. « pnbsf-cmu --help » donne la liste.`);
    return WRONG_USAGE;
  }
  if (rest.includes('--help')) {
    output.result(commandHelp(command));
    return DONE;
  }
  return runCommand(command, rest, output);
}

async function runCommand(command: Command, words: readonly string[], output: Output): Promise<number> {
  try {
    return await command.run(parseCall(command, words), output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.say(`${error.message}\n« pnbsf-cmu ${command.name} --help » décrit la commande.`);
      return WRONG_USAGE;
    }
    output.say(explainError(error, process.env['PNBSF_LOG'] === 'debug'));
    return FAILED;
  }
}
