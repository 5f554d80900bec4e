import { describeSettings, readConfig } from '../../src/config.ts';
import type { Times } from '../../src/domain/times.ts';

/**
 * A worker that claims nothing for so long, while work is due, starts again. A process needs seconds to start on a busy
 * machine, whatever the factor: the two minutes of production divided by 60 would end processes that have just begun.
 */
const WATCHDOG_MS = 20_000;

/**
 * Every duration the product can be configured with, divided by one number; rates are multiplied by it. Read off the
 * product's own list of settings, so that a duration added tomorrow is scaled as well.
 */
export function scaledSettings(divisor: number, runLimitMs: number): Readonly<Record<string, string>> {
  const scaled: Record<string, string> = {};
  for (const { key, unit, fallback } of describeSettings()) {
    if (unit === 'ms') scaled[key] = String(Math.max(1, Math.round(Number(fallback) / divisor)));
    if (unit === 'appels/s' && Number(fallback) > 0) scaled[key] = String(Number(fallback) * divisor);
  }
  // The work of a processor is not scaled: what waits for it is given the time it needs.
  return { ...scaled, PNBSF_RUN_PATIENCE_MS: String(runLimitMs), PNBSF_WATCHDOG_MS: String(WATCHDOG_MS) };
}

/** The durations of production, for what is not the product: partners are scaled from the same figures. */
export function timesOf(settings: Readonly<Record<string, string>>): Times {
  return readConfig(settings).times;
}
