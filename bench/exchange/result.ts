import type { Spread } from '../spread.ts';

export interface ExchangeSettings {
  readonly calls: number;
  readonly inFlight: number;
  readonly repeats: number;
}

export interface SubjectResult {
  readonly name: string;
  readonly callsPerSecond: Spread;
  readonly cpuPerCallUs: Spread;
  /** Median processor time of a call, bare undici being 1. */
  readonly cpuRatio: number;
}

export interface ExchangeResult {
  readonly bench: 'exchange';
  readonly machine: string;
  readonly settings: ExchangeSettings;
  readonly subjects: readonly SubjectResult[];
}
