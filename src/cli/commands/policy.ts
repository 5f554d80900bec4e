import { UsageError, type Command } from '../command.ts';
import { checkPolicy } from '../policy/check-policy.ts';
import { checkText } from '../policy/check-text.ts';
import { readRuleFile } from '../policy/read-rule-file.ts';
import { learnCommand } from '../policy/learn-command.ts';
import { replayCommand } from '../policy/replay-command.ts';
import { showCommand } from '../policy/show-command.ts';

const DONE = 0;
const FAILED = 1;

/** `policy check|replay|show`: rules in words, tried out on what is recorded, and as they were. */
export const policy: Command = {
  name: 'policy',
  summary: 'explique un fichier de règles, ou dit qui bougerait s’il était appliqué',
  operands: 'check FICHIER | replay [FICHIER] | show [EMPREINTE] | learn',
  options: {
    run: { value: 'EXÉCUTION', help: 'l’exécution à rejouer (replay), ou dont apprendre (learn)' },
    all: { help: 'apprend de toutes les exécutions (learn)' },
    out: {
      value: 'FICHIER',
      help: 'où écrire la liste de ceux qui changeraient, en CSV (replay), ou le fichier proposé (learn)',
    },
    min: { value: 'N', help: 'paires décidées par des agents en dessous desquelles rien n’est proposé (learn ; 200)' },
    strength: { value: 'N', help: 'nombre de paires que pèsent les parts du fichier (learn ; 200)' },
    file: { value: 'NOM', help: 'le fichier de règles à montrer, par exemple policy.json (show)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'check   dit si le fichier est utilisable, ce que fait chaque valeur, et lesquelles sont dangereuses.',
    'replay  décide de nouveau chaque personne de l’exécution d’après les preuves enregistrées, sans appel ni écriture.',
    '        Sans FICHIER : sous les règles de l’exécution elle-même ; personne ne doit alors bouger.',
    'show    liste les règles employées ; avec une empreinte (celle d’une décision), leurs fichiers tels qu’ils étaient.',
    'learn   compte, sur les paires décidées, ce que vaut chaque accord, et propose un identity-weights.json.',
    'Un fichier est reconnu à son contenu. Il n’est jamais mis en vigueur par ces commandes.',
  ],
  async run(call, output) {
    const [action, operand, ...more] = call.positionals;
    if (more.length > 0) throw new UsageError(`« ${more.join(' ')} » est de trop.`);
    if (action === 'replay') return replayCommand(operand, call, output);
    if (action === 'learn' && operand === undefined) return learnCommand(call, output);
    if (action === 'show') return showCommand(operand, call, output);
    if (action !== 'check' || operand === undefined)
      throw new UsageError(
        'Écrivez « policy check FICHIER », « policy replay [FICHIER] --run EXÉCUTION » ou « policy show ».',
      );
    const check = checkPolicy(operand, await readRuleFile(operand));
    if (call.on('json')) output.json(check);
    else output.result(checkText(check));
    return check.valid ? DONE : FAILED;
  },
};
