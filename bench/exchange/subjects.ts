import { randomUUID } from 'node:crypto';
import axios from 'axios';
import { Pool } from 'undici';
import { systemClock } from '../../src/domain/clock.ts';
import { createExchangeClient } from '../../src/exchange/create-exchange-client.ts';
import type { ExchangeClient, RestCall, SoapCall } from '../../src/exchange/exchange-client.ts';
import type { DestinationLimit } from '../../src/exchange/flow/flow-settings.ts';

/** One way of making the call. */
export interface Subject {
  readonly name: string;
  /** Makes one call and reads its answer; rejects when it is not the expected one. */
  readonly call: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const CLIENT = { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' };
const PATH = '/r1/SN/GOV/DAF/cni/identite/v1/titulaires/recherche';
const BODY = '{"numeroCni":"1751198700123"}';

const restCall: RestCall = {
  destination: 'cni',
  operation: 'read',
  service: { instance: 'SN', memberClass: 'GOV', memberCode: 'DAF', subsystem: 'cni', serviceCode: 'identite' },
  method: 'POST',
  path: '/v1/titulaires/recherche',
  body: BODY,
};

const soapCall: SoapCall = {
  destination: 'etat-civil',
  operation: 'read',
  service: {
    instance: 'SN',
    memberClass: 'GOV',
    memberCode: 'ETATCIVIL',
    subsystem: 'actes',
    serviceCode: 'verifierNaissance',
    serviceVersion: 'v1',
  },
  body: {
    name: 'verifierNaissance',
    namespace: 'http://etatcivil.xroad.sn/actes',
    attributes: {},
    text: '',
    children: [
      {
        name: 'request',
        namespace: '',
        attributes: {},
        text: '',
        children: [{ name: 'numeroExtrait', namespace: '', attributes: {}, children: [], text: '1987-0456' }],
      },
    ],
  },
};

/** The four subjects, each with connections of its own; the first two are the product's. */
export function openSubjects(url: string, inFlight: number): readonly Subject[] {
  return [ourRest(url, inFlight), ourSoap(url, inFlight), bareUndici(url, inFlight), stockAxios(url)];
}

// Flow control as in production, and never in the way: the bench measures what it costs, not what it holds back.
function limitOf(inFlight: number): DestinationLimit {
  return {
    maxInFlight: inFlight,
    adaptive: { slowFactor: 1_000, negligibleMs: 60_000 },
    retryBudget: { share: 0.1, windowMs: 60_000, floor: 1 },
    breaker: { failures: 10, routeFailures: 3, openMs: 60_000, longestOpenMs: 300_000 },
    longestRetryAfterMs: 3_600_000,
    hours: { ranges: [{ from: 0, to: 1_440 }], timeZone: 'Africa/Dakar' },
  };
}

function exchange(url: string, inFlight: number): ExchangeClient {
  return createExchangeClient({
    client: CLIENT,
    userId: 'SN-ANACMU-bench',
    securityServers: [{ url }],
    deadlines: { connectMs: 5_000, readMs: 45_000, writeMs: 120_000 },
    limits: { cni: limitOf(inFlight), 'etat-civil': limitOf(inFlight) },
    keepAliveMs: 10_000,
    maxBodyBytes: 16 * 1024 * 1024,
    clock: systemClock,
    isPaused: () => false,
  });
}

function ourRest(url: string, inFlight: number): Subject {
  const client = exchange(url, inFlight);
  return {
    name: 'our client, REST',
    call: async () => {
      const result = await client.rest(restCall, { messageId: randomUUID(), issue: 'BENCH' });
      if (result.kind !== 'answer') throw new Error(`unexpected end: ${result.kind} ${result.code}`);
      JSON.parse(result.value.body);
    },
    close: () => client.close(),
  };
}

function ourSoap(url: string, inFlight: number): Subject {
  const client = exchange(url, inFlight);
  return {
    name: 'our client, SOAP',
    call: async () => {
      const result = await client.soap(soapCall, { messageId: randomUUID(), issue: 'BENCH' });
      if (result.kind !== 'answer') throw new Error(`unexpected end: ${result.kind} ${result.code}`);
    },
    close: () => client.close(),
  };
}

function headers(): Record<string, string> {
  return {
    'X-Road-Client': 'SN/GOV/ANACMU/enrolement',
    'X-Road-Id': randomUUID(),
    'X-Road-UserId': 'SN-ANACMU-bench',
    'X-Road-Issue': 'BENCH',
    Accept: 'application/json',
    'Content-Type': 'application/json; charset=utf-8',
  };
}

function bareUndici(url: string, inFlight: number): Subject {
  const pool = new Pool(url, { connections: inFlight, pipelining: 1 });
  return {
    name: 'bare undici, REST',
    call: async () => {
      const answer = await pool.request({ path: PATH, method: 'POST', headers: headers(), body: BODY });
      if (answer.statusCode !== 200) throw new Error(`unexpected status: ${answer.statusCode}`);
      JSON.parse(await answer.body.text());
    },
    close: () => pool.close(),
  };
}

function stockAxios(url: string): Subject {
  const client = axios.create({ baseURL: url });
  return {
    name: 'stock axios, REST',
    call: async () => {
      const answer = await client.post<unknown>(PATH, BODY, { headers: headers() });
      if (answer.status !== 200 || typeof answer.data !== 'object') throw new Error('unexpected answer');
    },
    // Its connections are those of Node's global agent, which end with the process.
    close: () => Promise.resolve(),
  };
}
