import { readFile } from 'node:fs/promises';
import type { FaultRule } from '../../../fixtures/sandbox/faults/fault-rule.ts';
import { FaultRulesError, readFaultRules } from '../../../fixtures/sandbox/faults/read-fault-rules.ts';
import { UnusableFile } from '../unusable-file.ts';

/** The sandbox words its problems for developers; a phrase that is not here is shown as it is. */
const PHRASES: readonly (readonly [english: RegExp, french: string])[] = [
  [/ is needed for (.+)$/, ' est attendu pour $1'],
  [/ (?:is|are) needed$/, ' : valeur attendue'],
  [/: unknown member$/, ' : nom inconnu'],
  [/: the protocol of this service has no such oddity$/, ' : bizarrerie que le protocole de ce service ne connaît pas'],
  [/: one of /, ' : l’un de '],
  [/: the name of an operation/, ' : nom d’une opération'],
  [/: a number from (\d) to (\d)/, ' : nombre de $1 à $2'],
  [/: first, all or a number from 1/, ' : first, all ou un nombre à partir de 1'],
  [/: a number from 1/, ' : nombre à partir de 1'],
  [/: before or after/, ' : before ou after'],
  [/: read-timed-out or close/, ' : read-timed-out ou close'],
  [/: an X-Road error code/, ' : code d’erreur X-Road'],
  [/: an HTTP status/, ' : état HTTP'],
  [/: text or null/, ' : texte ou null'],
  [/: text/, ' : texte'],
  [/: whole seconds/, ' : secondes entières'],
  [/: whole milliseconds/, ' : millisecondes entières'],
  [/: a list/, ' : liste'],
  [/: an object/, ' : objet'],
];

/** Reads a file of fault rules. Throws {@link UnusableFile} with everything that is wrong in it. */
export async function faultsFrom(path: string): Promise<readonly FaultRule[]> {
  const text = await readFile(path, 'utf8');
  try {
    return readFaultRules(text);
  } catch (error) {
    if (!(error instanceof FaultRulesError)) throw error;
    const problems = error.problems.map((problem) => `  - ${inFrench(problem)}`);
    throw new UnusableFile(
      [`Pannes inutilisables dans « ${path} » :`, ...problems].join('\n'),
      'docs/sandbox.md et docs/faults.schema.json décrivent la forme attendue.',
    );
  }
}

function inFrench(problem: string): string {
  if (!problem.startsWith('rules')) return 'ce n’est pas du JSON';
  return PHRASES.reduce((text, [english, french]) => text.replace(english, french), problem);
}
