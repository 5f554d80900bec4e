import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { echoHeaders, restError, serviceReply, soapAnswer, soapFault, xmlReply } from './support/answers.ts';
import { clientOf, context, element, restWrite, soapRead } from './support/calls.ts';
import { startWireServer } from './support/wire-server.ts';
import type { Received, Reply, WireServer } from './support/wire-server.ts';

// Stand for what must never leave: a name, a number, a token, wherever a partner or we ourselves may have put it.
const CANARIES = ['NDIAYE-CANARI', '1751198700123', 'JETON-CANARI'];
const everything = CANARIES.join(' ');

let server: WireServer;
let client: ExchangeClient;
beforeAll(async () => {
  server = await startWireServer();
  client = clientOf([server.url], { breaker: { failures: 1_000_000, openMs: 1 }, maxBodyBytes: 20_000 });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const rest = {
  ...restWrite,
  headers: { Authorization: `Bearer ${CANARIES[2] ?? ''}` },
  body: JSON.stringify({ nom: CANARIES[0], numeroCni: CANARIES[1] }),
};
const soap = {
  ...soapRead,
  body: element('http://etatcivil.xroad.sn/actes', 'verifierNaissance', [element('', 'nom', [], everything)]),
};

/** Every way in which a call can fail while the partner repeats what we sent it. */
const failures: readonly (readonly [name: string, reply: (request: Received) => Reply])[] = [
  ['an error code made of it', () => restError(everything, everything)],
  ['an error code with it inside', () => restError(`Server.ServerProxy.${everything}`, everything)],
  ['an error text made of it', () => restError('Server.ServerProxy.AccessDenied', everything)],
  [
    'an error detail made of it',
    () => ({ ...restError('x'), body: `{"type":"Server.ServerProxy.IOError","detail":"${everything}"}` }),
  ],
  ['a fault made of it', () => soapFault(`Server.ServerProxy.AccessDenied`, everything)],
  ['a fault code made of it', () => soapFault(`Client.InvalidHttpMethod.${everything}`)],
  [
    'an echo made of it',
    (request) => ({ headers: { ...echoHeaders(request), 'x-road-id': everything }, body: everything }),
  ],
  ['a page of it', () => ({ status: 502, headers: { 'Content-Type': 'text/html' }, body: everything })],
  ['broken XML of it', () => xmlReply(`<${everything}`)],
  ['an envelope of it, cut off', (request) => xmlReply(soapAnswer(request, everything).slice(0, -1))],
  ['a body of it that is too large', () => xmlReply(everything.repeat(1_000))],
  [
    'a charset made of it',
    (request) =>
      serviceReply(request, everything, 200, { 'Content-Type': `application/json; charset="${everything}"` }),
  ],
];

describe('a failed call shows nothing of what it carried', () => {
  it.each(failures)('%s', async (_name, reply) => {
    server.answerWith(reply);
    for (const result of [await client.rest(rest, context), await client.soap(soap, context)]) {
      expect(result.kind).not.toBe('answer');
      const shown = JSON.stringify(result) + inspect(result, { depth: 10, showHidden: true });
      for (const canary of CANARIES) expect(shown).not.toContain(canary);
    }
  });

  it('not even when the call itself is impossible', async () => {
    const impossible = { ...rest, headers: { 'X-Note': `${everything}\r\n` } };
    const shown = inspect(await client.rest(impossible, context), { depth: 10 });
    for (const canary of CANARIES) expect(shown).not.toContain(canary);
    expect(shown).toContain('invalid-call');
  });
});
