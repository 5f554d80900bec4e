import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/domain/clock.ts';
import type { CallContext } from '../../src/domain/partner-call.ts';
import { createExchangeClient } from '../../src/exchange/create-exchange-client.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';

/** The real exchange, as the enrolment client, in front of one Security Server. */
export function exchangeWith(url: string): ExchangeClient {
  return createExchangeClient({
    client: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' },
    userId: 'SN-ANACMU-worker-01',
    securityServers: [{ url }],
    deadlines: { connectMs: 10_000, readMs: 30_000, writeMs: 30_000 },
    limits: {},
    keepAliveMs: 4_000,
    maxBodyBytes: 1_000_000,
    clock: systemClock,
    // The suites provoke more failures in a row than a breaker would suffer.
    breaker: { failures: 1_000_000, openMs: 1_000 },
  });
}

/** A new attempt on the same case. */
export function attempt(): CallContext {
  return { messageId: randomUUID(), issue: 'PNBSF-2026-000123' };
}

const service = (memberCode: string, subsystem: string, serviceCode: string): ServiceId => ({
  instance: 'SN',
  memberClass: 'GOV',
  memberCode,
  subsystem,
  serviceCode,
});

export const RNU_SERVICE = service('DGPSN', 'rnu', 'menages');
export const CNI_SERVICE = service('DAF', 'cni', 'identite');
export const ETAT_CIVIL_SERVICE = { ...service('ETATCIVIL', 'actes', 'verifierNaissance'), serviceVersion: 'v1' };
export const SIGICMU_SERVICE = service('ANACMU', 'sigicmu', 'adhesions');
