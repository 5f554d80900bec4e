import type { Check } from '../../doctor/check.ts';
import { examine } from '../../doctor/examine.ts';
import type { Command } from '../command.ts';

const SOMETHING_FAILED = 1;

/** `doctor`: looks at everything an installation needs and says what to do. Changes nothing, starts nothing. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'examine l’installation et dit quoi corriger',
  operands: '',
  options: { json: { help: 'résultat en JSON' } },
  details: ['Ne modifie rien. Code 1 si un contrôle échoue. Détail des contrôles : docs/operations.md.'],
  async run(call, output) {
    const checks = await examine(process.env);
    if (call.on('json')) output.json({ checks });
    else output.result(checksText(checks));
    return checks.some(({ ok }) => ok === false) ? SOMETHING_FAILED : 0;
  },
};

function checksText(checks: readonly Check[]): string {
  const lines = checks.flatMap(({ name, ok, detail, advice }) => [
    `${markOf(ok)} ${name} : ${detail}`,
    ...(advice === '' ? [] : [`  → ${advice}`]),
  ]);
  const failed = checks.filter(({ ok }) => ok === false).length;
  const verdict = failed === 0 ? 'Aucun contrôle en échec.' : `Contrôles en échec : ${failed} sur ${checks.length}.`;
  return [...lines, '', verdict].join('\n');
}

function markOf(ok: boolean | null): string {
  if (ok === null) return '–';
  return ok ? '✓' : '✗';
}
