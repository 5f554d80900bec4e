import { dirname } from 'node:path';
import { frenchInteger } from '../../domain/french/numbers.ts';
import type { Command } from '../command.ts';
import type { DemoResult } from '../demo/demo-night.ts';
import { summaryText } from '../summary-text.ts';

/** `demo`: a whole night on invented people, with nothing installed but Node. */
export const demo: Command = {
  name: 'demo',
  summary: 'joue une nuit entière sur une population inventée',
  operands: '',
  options: {
    people: { value: 'N', help: 'personnes du lot (par défaut : 1200)' },
    seed: { value: 'GRAINE', help: 'même graine, même population, mêmes pannes (par défaut : teranga)' },
    dir: { value: 'DOSSIER', help: 'où laisser le lot, le rapport et le registre (par défaut : demo-out)' },
    json: { help: 'résultat en JSON' },
  },
  details: ['Tout reste sur cette machine (127.0.0.1). Aucune personne réelle, aucun service réel.'],
  async run(call, output) {
    const { playNight } = await import('../demo/demo-night.ts');
    const result = await playNight(
      {
        people: call.wholeNumber('people', 1_200),
        seed: call.text('seed') ?? 'teranga',
        directory: call.text('dir') ?? 'demo-out',
      },
      output,
    );
    if (call.on('json')) output.json(result);
    else output.result(`${summaryText(result)}\n${proof(result)}`);
    return result.state === 'closed' ? 0 : 1;
  },
};

function proof({ ledger, wronglyEnrolled, files, mails }: DemoResult): string {
  return [
    `  SIGICMU a exécuté ${frenchInteger(ledger.writes)} enregistrements pour ` +
      `${frenchInteger(ledger.distinctPeople)} personnes.`,
    `  Enrôlées à tort (décès, doublons, numéro d’autrui) : ${frenchInteger(wronglyEnrolled)}`,
    '',
    'Fichiers :',
    `  rapport, une ligne par personne   ${files.report}`,
    `  synthèse                          ${files.summary}`,
    `  tout le rapport, en un classeur    ${files.workbook}`,
    `  courriels aux responsables        ${mails.join('\n                                    ')}`,
    `  lignes illisibles du lot          ${files.errors}`,
    `  lot reçu du RNU                   ${files.batch}`,
    `  registre du bac à sable           ${files.ledger}`,
    `  vérité de la population           ${files.truth}`,
    '',
    'Authenticité du rapport :',
    `  pnbsf-cmu report verify ${dirname(files.manifest)} --key ${files.publicKey}`,
  ].join('\n');
}
