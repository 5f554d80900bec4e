import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { controlledBatch, readControlFile, type ControlFile } from '../pipeline/intake/control-file.ts';
import { batchStem, type ImportSource } from '../pipeline/intake/import-batch.ts';
import { IntakeError } from '../pipeline/intake/intake-error.ts';
import { joinDeclared, type DeclaredTotals } from '../pipeline/intake/declared-totals.ts';
import type { Call } from './command.ts';

/**
 * The batch an operand of `import` names: a file, with the control file beside it if there is one; a control file, with
 * all files it lists; or, with a batch number, all operands together. Throws `IntakeError`.
 */
export async function sourceOf(call: Call, operand: string): Promise<ImportSource> {
  const path = resolve(operand);
  const isControl = controlledBatch(basename(path)) !== null;
  const control = isControl ? await readControlFile(path) : await controlBeside(path);
  const paths = pathsOf(call, path, isControl ? control : null);
  const [first = path, ...more] = paths;
  const number = call.text('batch-number') ?? control?.number ?? null;
  const declared = joinDeclared(typed(call), control ?? undefined);
  return {
    name: basename(first),
    path: first,
    more: more.map((one) => ({ name: basename(one), path: one })),
    ...(number === null ? {} : { number }),
    fullList: call.on('full-list') || control?.fullList === true,
    ...(declared.people === undefined ? {} : { declaredPeople: declared.people }),
    ...(declared.households === undefined ? {} : { declaredHouseholds: declared.households }),
  };
}

function pathsOf(call: Call, path: string, control: ControlFile | null): readonly string[] {
  if (control !== null) {
    if (control.files === null)
      throw new IntakeError('CONTROLE_ILLISIBLE', { nom: basename(path), detail: '« fichiers » y manque' });
    return control.files.map((name) => join(dirname(path), name));
  }
  return call.text('batch-number') === null ? [path] : call.positionals.map((one) => resolve(one));
}

function typed(call: Call): DeclaredTotals {
  return {
    ...(call.text('people') === null ? {} : { people: call.wholeNumber('people', 0) }),
    ...(call.text('households') === null ? {} : { households: call.wholeNumber('households', 0) }),
  };
}

/** Totals of one file; a control file that lists several speaks of them all and is named itself. */
async function controlBeside(path: string): Promise<ControlFile | null> {
  const stem = join(dirname(path), batchStem(basename(path)));
  for (const beside of [`${stem}.controle.json`, `${stem}.controle.csv`]) {
    const there = await access(beside).then(
      () => true,
      () => false,
    );
    const control = there ? await readControlFile(beside) : null;
    if (control !== null && control.files === null) return control;
  }
  return null;
}
