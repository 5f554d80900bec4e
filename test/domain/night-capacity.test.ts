import { describe, expect, it } from '@jest/globals';
import { nightLoad } from '../../src/domain/capacity/assumed-load.ts';
import { nightCapacity, phaseLimits, type Crew, type PhaseLoad } from '../../src/domain/capacity/night-capacity.ts';

const PLENTY = { inFlight: 1_000_000, perSecond: null };
const crew: Crew = {
  workers: 2,
  concurrency: 20,
  cores: 1_000,
  destinations: { cni: { inFlight: 32, perSecond: 100 }, sigicmu: PLENTY, 'etat-civil': PLENTY },
};
const phase: PhaseLoad = {
  calls: [{ destination: 'cni', perPerson: 0.5, rounds: 1, latencySeconds: 0.2 }],
  overheadSeconds: 0.05,
  workerCpuSeconds: 0.004,
  serverCpuSeconds: 0.002,
};

describe('the limits of a phase', () => {
  it('are what the formulas of docs/capacity.md give, the narrowest first', () => {
    const limits = phaseLimits(phase, crew, 8);
    const of = (kind: string): number | undefined => limits.find((one) => one.kind === kind)?.peoplePerSecond;
    expect(of('in-flight')).toBeCloseTo((2 * 32) / (0.5 * 0.2));
    expect(of('rate')).toBeCloseTo((2 * 100) / 0.5);
    expect(of('households')).toBeCloseTo((2 * 20 * 8) / (0.2 + 0.05));
    expect(of('worker')).toBeCloseTo(2 / 0.004);
    expect(of('processors')).toBeCloseTo((0.75 * 1_000) / 0.006);
    expect(limits.map(({ kind }) => kind)).toEqual(['rate', 'worker', 'in-flight', 'households', 'processors']);
  });

  it('grow with workers but for the processors', () => {
    const twice = phaseLimits(phase, { ...crew, workers: 4 }, 8);
    for (const { kind, peoplePerSecond } of phaseLimits(phase, crew, 8)) {
      const now = twice.find((one) => one.kind === kind)?.peoplePerSecond ?? 0;
      expect(now / peoplePerSecond).toBeCloseTo(kind === 'processors' ? 1 : 2);
    }
  });
});

describe('a night', () => {
  it('adds its phases up', () => {
    const load = nightLoad({ closingMsPerPerson: 1 });
    const night = nightCapacity(load, crew);
    const [verify] = night.verify;
    const [register] = night.register;
    const seconds = 1 / (verify?.peoplePerSecond ?? 0) + 1 / (register?.peoplePerSecond ?? 0) + 0.001;
    expect(night.peoplePerSecond).toBeCloseTo(1 / seconds);
  });

  it('takes what was measured, and what is asked about instead of it', () => {
    const calls = [{ operation: 'id-card', callsPerPerson: 1, meanMs: 100, roundsPerHousehold: 1 }];
    expect(nightLoad({ calls }).verify.calls).toEqual([
      { destination: 'cni', perPerson: 1, rounds: 1, latencySeconds: 0.1 },
    ]);
    expect(nightLoad({ calls, latencyMs: { cni: 900 } }).verify.calls[0]?.latencySeconds).toBe(0.9);
    expect(nightLoad({ latencyMs: { sigicmu: 900 } }).register.calls[0]?.latencySeconds).toBe(0.9);
  });
});

describe('the model against measured nights', () => {
  // docs/capacity.md: ms of the partners, workers, households, calls in flight, people a second.
  const points = [
    [0, 1, 20, 32, 236.7],
    [100, 1, 4, 32, 43.6],
    [100, 1, 20, 8, 43.3],
    [100, 2, 20, 32, 207.4],
    [300, 1, 20, 32, 52.9],
    [300, 2, 10, 32, 67.4],
    [1_000, 2, 40, 32, 30.5],
  ] as const;

  it.each(points)(
    '%i ms, %i workers, %i households, %i in flight: within a quarter',
    (ms, workers, concurrency, inFlight, measured) => {
      const place = { inFlight, perSecond: null };
      const destinations = { cni: place, 'etat-civil': place, sigicmu: place };
      // What the way there and back adds to what the partner takes.
      const latency = ms + 5;
      const load = nightLoad({ latencyMs: { cni: latency, 'etat-civil': latency, sigicmu: latency } });
      const { peoplePerSecond } = nightCapacity(load, { workers, concurrency, cores: 2, destinations });
      expect(measured / peoplePerSecond).toBeGreaterThan(0.75);
      expect(measured / peoplePerSecond).toBeLessThan(1.25);
    },
  );
});
