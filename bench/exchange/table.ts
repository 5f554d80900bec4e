import type { Spread } from '../spread.ts';
import type { ExchangeResult } from './result.ts';

/** The result as a table for people: min / median / max, and the ratio to bare undici. */
export function exchangeTable({ machine, settings, subjects }: ExchangeResult): string {
  const { calls, inFlight, repeats } = settings;
  const rows = subjects.map(({ name, callsPerSecond, cpuPerCallUs, cpuRatio }) => [
    name,
    figures(callsPerSecond),
    figures(cpuPerCallUs),
    cpuRatio.toFixed(2),
  ]);
  const table = [['', 'calls/s', 'CPU a call, µs', 'CPU, undici = 1'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return [
    machine,
    `${calls} calls a measurement, ${inFlight} in flight, ${repeats} repeats: min / median / max`,
    '',
    ...table.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    ),
  ].join('\n');
}

function figures({ min, median, max }: Spread): string {
  return [min, median, max].map((value) => String(Math.round(value))).join(' / ');
}
