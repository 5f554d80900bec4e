import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  restRequestHash,
  soapRequestHash,
  type RawHeader,
} from '../../fixtures/sandbox/security-server/request-hash.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { AWA_NIN, smallCountry } from './small-country.ts';
import { CNI, rest } from './wire.ts';

const GET_HEADERS: readonly RawHeader[] = [
  ['X-Road-Client', 'SN/GOV/ANACMU/enrolement'],
  ['X-Road-Id', '5f0d1a52-7c1e-4b8e-9d5a-0a4b8f1c2e77'],
  ['Accept', 'application/json'],
  ['X-Road-Issue', 'PNBSF-2026-000123'],
  ['x-road-request-id', '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e'],
];
const POST_HEADERS: readonly RawHeader[] = [
  ['X-Road-Client', 'SN/GOV/ANACMU/enrolement'],
  ['X-Road-Id', '9a4f6b0e-2f7c-4a35-8a0b-6f1b0c9d8e11'],
  ['Content-Type', 'application/json; charset=utf-8'],
  ['Idempotency-Key', '9a4f6b0e-2f7c-4a35-8a0b-6f1b0c9d8e11'],
  ['x-road-request-id', 'd1c2b3a4-0000-4000-8000-00000000abcd'],
];

describe('request hash', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
  });
  afterAll(() => sandbox.stop());

  it('agrees with X-Road on a GET', () => {
    const target = '/r1/SN/GOV/DAF/cni/identite/v1/titulaires/1751198700123?champs=etat%2Ccivil';
    expect(restRequestHash('GET', target, GET_HEADERS, Buffer.alloc(0))).toBe(
      'sukHdJjPugt2fpYdm+kcpUSTqdH8fa/tQYWSyQ+Z+bKt8kfGtHSaz0A7TJnnIGlR06Fc7ZQpaDO0C7gqrXxHqg==',
    );
  });

  it('agrees with X-Road on a POST', () => {
    const body = Buffer.from('{"numeroCni":"1751198700123","programme":"PNBSF","menage":"MEN-0042"}');
    expect(body).toHaveLength(69);
    expect(restRequestHash('POST', '/r1/SN/GOV/ANACMU/sigicmu/adhesions/v1/adhesions', POST_HEADERS, body)).toBe(
      'U45BzeI7CBKx/HMvrsVZGO5vrwM7XrVoA3YfMKNwJfNtWXCiO3szPOOHBXv+Gtb6hUBJ47/jZ9aqIVG/emYahw==',
    );
  });

  it('agrees with X-Road on SOAP bytes', () => {
    expect(soapRequestHash(Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a/>'))).toBe(
      'uBUSOj0nnmiI/tmXQEuI7Qfd+6P8JQkENlunO21yJhpTXDkEuKFUueY+R/3PNDR/5R2n2fq2I6BINEvz7FPuyw==',
    );
  });

  it('covers what was received, without the headers of the connection', async () => {
    const body = { numeroCni: AWA_NIN };
    const answer = await rest(sandbox.url, `${CNI}/v1/titulaires/recherche`, body, { 'User-Agent': 'essai' });
    const head =
      `POST\r\n${CNI}/v1/titulaires/recherche\r\nX-Road-Client:SN/GOV/ANACMU/enrolement\r\nX-Road-Id:msg-1\r\n` +
      'Content-Type:application/json; charset=utf-8\r\n' +
      `x-road-request-id:${String(answer.headers['x-road-request-id'])}\r\n`;
    const sha = (data: string | Buffer): Buffer => createHash('sha512').update(data).digest();
    const expected = createHash('sha512')
      .update(sha(head))
      .update(sha(JSON.stringify(body)))
      .digest('base64');
    expect(answer.headers['x-road-request-hash']).toBe(expected);
  });

  it('includes the message id made for a client that sent none, after the request id', async () => {
    const answer = await rest(sandbox.url, `${CNI}/v1/rien`, undefined, { 'X-Road-Request-Id': 'ignored' });
    const unnamed = await fetch(`${sandbox.url}${CNI}/v1/rien`, {
      headers: { 'X-Road-Client': 'SN/GOV/ANACMU/enrolement' },
    });
    expect(answer.headers['x-road-id']).toBe('msg-1');
    expect(unnamed.headers.get('x-road-id')).toMatch(/^SN-[0-9a-f-]{36}$/);
  });
});
