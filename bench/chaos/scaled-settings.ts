import { describeSettings, readConfig } from '../../src/config.ts';
import type { Times } from '../../src/domain/times.ts';

/** Settings that bound nothing but this run, in milliseconds as they are used: they are not scaled. */
const LIMITS_OF_THE_RUN = ['PNBSF_RUN_PATIENCE_MS'];

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
  // The work of a processor is not scaled: a run of many people is given the time it needs.
  for (const key of LIMITS_OF_THE_RUN) scaled[key] = String(runLimitMs);
  return scaled;
}

/** The durations of production, for what is not the product: partners are scaled from the same figures. */
export function timesOf(settings: Readonly<Record<string, string>>): Times {
  return readConfig(settings).times;
}
