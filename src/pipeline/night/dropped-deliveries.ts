import { join } from 'node:path';
import { controlledBatch, readControlFile, type ControlFile } from '../intake/control-file.ts';
import { batchStem } from '../intake/import-batch.ts';
import { IntakeError } from '../intake/intake-error.ts';

/** Files in hand that belong together: one batch, with its control file where there is one. */
export interface DroppedDelivery {
  readonly name: string;
  /** File names in order; empty when the control file cannot be read or its files are missing. */
  readonly files: readonly string[];
  readonly controlName: string | null;
  readonly control: ControlFile | null;
  /** The control file is of no use. */
  readonly fault: IntakeError | null;
}

/**
 * Groups the files in hand into deliveries. A control file whose batch has not come, or not wholly, waits with what has
 * come: half a batch is never imported.
 */
export async function groupDeliveries(
  directory: string,
  names: readonly string[],
): Promise<{ readonly deliveries: readonly DroppedDelivery[]; readonly waiting: readonly string[] }> {
  const data = names.filter((name) => controlledBatch(name) === null);
  const taken = new Set<string>();
  const deliveries: DroppedDelivery[] = [];
  const waiting: string[] = [];
  for (const controlName of names.filter((name) => controlledBatch(name) !== null)) {
    const stem = controlledBatch(controlName) ?? '';
    const control = await readControlFile(join(directory, controlName)).catch((error: unknown) => {
      if (error instanceof IntakeError) return error;
      throw error;
    });
    const own = data.filter((name) => batchStem(name) === stem);
    const files = control instanceof IntakeError ? own : (control.files ?? own.slice(0, 1));
    files.forEach((name) => taken.add(name));
    const missing = files.length === 0 || files.some((name) => !data.includes(name));
    if (missing) waiting.push(controlName, ...files.filter((name) => data.includes(name)));
    else if (control instanceof IntakeError)
      deliveries.push({ name: stem, files, controlName, control: null, fault: control });
    else deliveries.push({ name: stem, files, controlName, control, fault: null });
  }
  const alone = data.filter((name) => !taken.has(name));
  return {
    deliveries: [
      ...deliveries,
      ...alone.map((name) => ({ name: batchStem(name), files: [name], controlName: null, control: null, fault: null })),
    ],
    waiting,
  };
}
