import type { App } from '../../app.ts';
import { listRuleSets, ruleFileText } from '../../store/explain/rule-sets.ts';
import { UsageError, type Call } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';

const DONE = 0;
const FAILED = 1;

/** `policy show [FINGERPRINT] [--file NAME]`: the rule sets that were in force, and their files as they were. */
export function showCommand(fingerprint: string | undefined, call: Call, output: Output): Promise<number> {
  if (fingerprint !== undefined && !/^[0-9a-f]{4,12}$/.test(fingerprint))
    throw new UsageError(`« ${fingerprint} » n’est pas une empreinte : 12 chiffres hexadécimaux, ou les premiers.`);
  const name = call.text('file');
  if (name !== null && fingerprint === undefined) throw new UsageError('--file demande une empreinte.');
  return withInstallation((app) =>
    name === null ? list(app, fingerprint ?? '', call, output) : printFile(app, fingerprint ?? '', name, output),
  );
}

async function list({ database, config }: App, beginning: string, call: Call, output: Output): Promise<number> {
  const sets = await listRuleSets(database.db, beginning);
  if (call.on('json')) {
    output.json(sets);
    return sets.length > 0 ? DONE : FAILED;
  }
  const when = new Intl.DateTimeFormat('fr-FR', {
    timeZone: config.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  for (const { fingerprint, policyVersion, recordedAt, files } of sets) {
    output.result(`${fingerprint}  version ${policyVersion}, employée depuis le ${when.format(recordedAt)}`);
    if (beginning !== '') for (const file of files) output.result(`  ${file.name}  SHA-256 ${file.sha256}`);
  }
  if (sets.length === 0) output.say('Aucune règle enregistrée sous cette empreinte.');
  return sets.length > 0 ? DONE : FAILED;
}

async function printFile({ database: { db } }: App, beginning: string, name: string, output: Output): Promise<number> {
  const [set, another] = await listRuleSets(db, beginning);
  if (set === undefined || another !== undefined) {
    output.say(
      set === undefined ? 'Aucune règle enregistrée sous cette empreinte.' : 'Plusieurs empreintes commencent ainsi.',
    );
    return FAILED;
  }
  const text = await ruleFileText(db, set.fingerprint, name);
  if (text === null) {
    output.say(`Pas de fichier « ${name} » ; il y a : ${set.files.map((file) => file.name).join(', ')}.`);
    return FAILED;
  }
  output.result(text.replace(/\n$/, ''));
  return DONE;
}
