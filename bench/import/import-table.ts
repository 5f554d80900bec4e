import type { ImportBenchResult } from './import-result.ts';
import type { ImportTimes } from './measure-imports.ts';

/** The figures as lines of text. */
export function importTable(result: ImportBenchResult): string {
  const { lines, first } = result;
  const row = (name: string, seconds: number): string =>
    `${name.padEnd(30)}${seconds.toFixed(2).padStart(8)} s${Math.round(lines / seconds)
      .toLocaleString('en')
      .padStart(11)} lines/s`;
  const whole = (name: string, { seconds, counts }: ImportTimes): string =>
    row(name, seconds) +
    (counts === null ? '   recognised' : `   ${counts.newPeople} new, ${counts.changedPeople} changed`);
  return [
    result.machine,
    `${lines.toLocaleString('en')} lines`,
    row('reading alone', result.readSeconds),
    row('reading and COPY together', first.readAndCopySeconds),
    row('merge', first.mergeSeconds),
    whole('first import, keys apart', first),
    row('match keys', result.matchKeySeconds),
    whole('the same file', result.sameFile),
    whole('the same lines, gzip', result.sameLines),
    whole('2 % changed', result.twoPercentChanged),
    `highest memory of the importing process: ${result.importPeakRssMiB} MiB at the first import, ${result.peakRssMiB} MiB over all`,
  ].join('\n');
}
