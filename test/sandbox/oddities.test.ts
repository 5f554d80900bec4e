import { afterEach, describe, expect, it } from '@jest/globals';
import type { Oddity } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { readSoapMessage } from '../../fixtures/sandbox/security-server/soap-reader.ts';
import { childText } from '../../fixtures/sandbox/security-server/xml-node.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { envelope, faultCode, soap } from './soap-text.ts';
import { type Answer, register, rest, SIGICMU } from './wire.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

const start = async (oddity: Oddity): Promise<void> => {
  const fault = { kind: 'oddity', oddity } as const;
  const faults = [{ service: '*', rate: 1, when: 'after', attempts: 'first', fault }] as const;
  sandbox = await startSandbox({ registries: smallCountry, seed: 1, faults });
};

describe('odd REST answers', () => {
  const odd = async (oddity: Oddity): Promise<Answer> => {
    await start(oddity);
    const answer = await register(sandbox.url, registration());
    expect(sandbox.ledger()).toHaveLength(1);
    return answer;
  };

  it('forged-error-header: the error of X-Road on an answer of the service', async () => {
    const answer = await odd('forged-error-header');
    expect(answer.headers['x-road-error']).toBe('Server.ServerProxy.AccessDenied');
    expect([answer.status, answer.headers['x-road-request-hash']]).toEqual([201, expect.any(String)]);
  });

  it.each([
    ['wrong-echo-id', 'x-road-id', 'msg-1'],
    ['wrong-echo-client', 'x-road-client', 'SN/GOV/ANACMU/enrolement'],
    ['wrong-echo-service', 'x-road-service', 'SN/GOV/ANACMU/sigicmu/adhesions'],
  ] as const)('%s: another value in %s', async (oddity, header, right) => {
    const answer = await odd(oddity);
    expect(answer.headers[header]).toBeDefined();
    expect(answer.headers[header]).not.toBe(right);
    expect(answer.json.codeImmatriculation).toMatch(/^[A-Z]\d{4}/);
  });

  it('wrong-request-hash and missing-request-hash', async () => {
    expect((await odd('wrong-request-hash')).headers['x-road-request-hash']).toMatch(/^A{80}/);
    await sandbox.stop();
    const missing = await odd('missing-request-hash');
    expect([missing.headers['x-road-id'], missing.headers['x-road-request-hash']]).toEqual(['msg-1', undefined]);
  });

  it('missing-marks: nothing says that X-Road was crossed', async () => {
    const answer = await odd('missing-marks');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-road'))).toEqual([]);
    expect(answer.status).toBe(201);
  });

  it('byte-order-mark, iso-8859-1, invalid-utf8, not-json: bodies that need care or cannot be read', async () => {
    expect((await odd('byte-order-mark')).bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    await sandbox.stop();
    await start('iso-8859-1');
    const latin = await rest(sandbox.url, `${SIGICMU}/v1/beneficiaires/recherche`, { numeroCni: '2751199000007' });
    expect(latin.headers['content-type']).toBe('application/json; charset=ISO-8859-1');
    expect(latin.bytes.toString('latin1')).toContain('Hélène');
    await sandbox.stop();
    const invalid = await odd('invalid-utf8');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(invalid.bytes)).toThrow('not valid for encoding');
    await sandbox.stop();
    const text = await odd('not-json');
    expect(() => text.json).toThrow(SyntaxError);
  });

  it('xml-error-body: an error of X-Road that is not JSON', async () => {
    const answer = await odd('xml-error-body');
    expect([answer.status, answer.headers['content-type'], answer.headers['x-road-error']]).toEqual([
      500,
      'application/xml',
      'Server.ServerProxy.IOError',
    ]);
  });

  it('soap-fault-to-rest: status 200 and a fault', async () => {
    const answer = await odd('soap-fault-to-rest');
    expect([answer.status, faultCode(answer)]).toEqual([200, 'Client.InvalidHttpMethod']);
  });
});

describe('odd SOAP answers', () => {
  const request = envelope('<numeroExtrait>1987-0456</numeroExtrait>');
  const ID = '3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55';
  const odd = async (oddity: Oddity): Promise<Answer> => {
    await start(oddity);
    return soap(sandbox.url, request);
  };
  /** What a strict reader makes of the answer. */
  const read = (xml: string): { id: string; client: string; service: string; place: string | undefined } => {
    const message = readSoapMessage(xml);
    const act = message.body.children[0]?.children[0];
    return {
      id: message.id,
      client: message.client.parts.join('/'),
      service: message.service.parts.join('/'),
      place: act === undefined ? undefined : childText(act, 'lieuNaissance'),
    };
  };
  const right = {
    id: ID,
    client: 'SN/GOV/ANACMU/enrolement',
    service: 'SN/GOV/ETATCIVIL/actes/verifierNaissance',
    place: 'PODOR & environs',
  };

  it.each(['cdata', 'comments-in-header', 'extra-namespaces', 'default-namespaces', 'header-reordered'] as const)(
    '%s: another way to write the same thing',
    async (oddity) => {
      const odder = (await odd(oddity)).text;
      const plain = (await soap(sandbox.url, request)).text;
      expect(odder).not.toBe(plain);
      expect(read(plain)).toEqual(right);
      expect(read(odder)).toEqual(right);
    },
  );

  it.each([
    ['wrong-echo-id', 'id'],
    ['wrong-echo-client', 'client'],
    ['wrong-echo-service', 'service'],
  ] as const)('%s: well formed, and only the %s is another', async (oddity, field) => {
    const xml = (await odd(oddity)).text;
    if (field === 'service') {
      expect(xml).toContain('<id:serviceCode>autreService</id:serviceCode>');
      return;
    }
    const message = read(xml);
    expect(message[field]).not.toBe(right[field]);
    expect({ ...message, [field]: right[field] }).toEqual(right);
  });

  it('wrong-request-hash and missing-request-hash', async () => {
    expect((await odd('wrong-request-hash')).text).toMatch(/<xrd:requestHash [^>]*>A{80}/);
    await sandbox.stop();
    expect((await odd('missing-request-hash')).text).not.toContain('requestHash');
  });

  it.each([
    ['doctype', 'Client.InvalidSoap'],
    ['two-body-children', 'Client.InvalidBody'],
    ['wrong-wrapper', 'Client.InconsistentHeaders'],
  ] as const)('%s: nothing a strict reader accepts', async (oddity, code) => {
    const { text } = await odd(oddity);
    expect(() => readSoapMessage(text)).toThrow(expect.objectContaining({ code }));
  });

  it('byte-order-mark, iso-8859-1 and invalid-utf8: encodings', async () => {
    expect((await odd('byte-order-mark')).bytes[0]).toBe(0xef);
    await sandbox.stop();
    const latin = await odd('iso-8859-1');
    expect(latin.headers['content-type']).toBe('text/xml; charset=ISO-8859-1');
    expect(latin.text).toContain('encoding="ISO-8859-1"');
    await sandbox.stop();
    const invalid = await odd('invalid-utf8');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(invalid.bytes)).toThrow('not valid for encoding');
  });

  it('multipart: the answer as the only part, with bare line feeds', async () => {
    const answer = await odd('multipart');
    expect(answer.headers['content-type']).toMatch(/^Multipart\/Related;.*boundary="limite-42"/);
    const part = answer.text.slice(answer.text.indexOf('\n\n') + 2, answer.text.indexOf('\n--limite-42--'));
    expect(read(part)).toEqual(right);
    expect(answer.text).not.toContain('\r\n');
  });

  it('fault-in-multipart: a fault of the service as the only part', async () => {
    const answer = await odd('fault-in-multipart');
    expect([faultCode(answer), answer.status]).toEqual(['soap:Server', 200]);
    expect(answer.headers['content-type']).toMatch(/^Multipart\/Related/);
  });
});
