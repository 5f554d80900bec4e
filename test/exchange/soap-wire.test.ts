import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeClient, SoapAnswer } from '../../src/exchange/exchange-client.ts';
import { echoedHeader, RESPONSE_BODY, soapAnswer, soapEnvelope, soapFault, xmlReply } from './support/answers.ts';
import { clientOf, context, soapRead } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { Received, Reply, WireServer } from './support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;

beforeAll(async () => {
  server = await startWireServer();
  client = clientOf([server.url], { breaker: { failures: 1_000_000, openMs: 1 } });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

type Case = readonly [name: string, reply: (request: Received) => Reply, expected: string];

function holds(cases: readonly Case[]): void {
  it.each(cases)('%s', async (_name, reply, expected) => {
    server.answerWith(reply);
    expect(ending(await client.soap(soapRead, context))).toBe(expected);
    expect(ending(await client.soap({ ...soapRead, operation: 'write' }, context))).toBe(expected);
  });
}

/** A faithful answer with one thing changed. Fails when there is nothing to change. */
function changed(from: string | RegExp, to: string): (request: Received) => Reply {
  return (request) => {
    const faithful = soapAnswer(request);
    const text = faithful.replace(from, to);
    if (text === faithful) throw new Error(`nothing to change: ${String(from)}`);
    return xmlReply(text);
  };
}

async function valueOf(reply: (request: Received) => Reply): Promise<SoapAnswer> {
  server.answerWith(reply);
  const result = await client.soap(soapRead, context);
  if (result.kind !== 'answer') throw new Error(ending(result));
  return result.value;
}

describe('forms of a faithful answer', () => {
  holds([
    ['as sent', (request) => xmlReply(soapAnswer(request)), 'answer'],
    ['without charset', (request) => xmlReply(soapAnswer(request), 'text/xml'), 'answer'],
    ['media type in capitals', (request) => xmlReply(soapAnswer(request), 'TEXT/XML; Charset="UTF-8"'), 'answer'],
    ['a byte order mark', (request) => xmlReply(`\ufeff${soapAnswer(request)}`), 'answer'],
    ['no XML declaration', changed(/^<\?xml[^>]*\?>/, ''), 'answer'],
    ['white space between elements', changed(/></g, '>\n  <'), 'answer'],
    ['other prefixes', changed(/soapenv(?=[:=])/g, 'S'), 'answer'],
    ['other prefixes in the header', changed(/xrd(?=[:=])/g, 'ns2'), 'answer'],
    [
      'the header in the default namespace',
      changed(/<xrd:id>([^<]*)<\/xrd:id>/, '<id xmlns="http://x-road.eu/xsd/xroad.xsd">$1</id>'),
      'answer',
    ],
    ['comments in the header', changed('<xrd:id>', '<!-- reçu --><xrd:id>'), 'answer'],
    ['a comment inside a value', changed(/<xrd:id>(.{5})/, '<xrd:id>$1<!-- x -->'), 'answer'],
    ['CDATA in a value', changed(/<xrd:id>([^<]*)</, '<xrd:id><![CDATA[$1]]><'), 'answer'],
    ['character references in a value', changed('PNBSF-2026-000123', '&#80;NBSF-2026-00012&#x33;'), 'answer'],
    ['a processing instruction', changed('<soapenv:Header>', '<?x y?><soapenv:Header>'), 'answer'],
    [
      'an unknown header element, twice',
      changed('<xrd:id>', '<w:s xmlns:w="urn:w"/><w:s xmlns:w="urn:w"/><xrd:id>'),
      'answer',
    ],
    ['header fields in another order', changed(/(<xrd:id>.*?<\/xrd:id>)(.*)(<\/soapenv:Header>)/, '$2$1$3'), 'answer'],
    ['white space around the hash', changed(/(algorithmId="[^"]*">)([^<]*)</, '$1\n  $2\n <'), 'answer'],
    ['no algorithm named', changed(/ algorithmId="[^"]*"/, ''), 'answer'],
    ['protocol version 4.1', changed('>4.0<', '>4.1<'), 'answer'],
    [
      'ISO-8859-1 by the transport',
      (request) =>
        xmlReply(Buffer.from(soapAnswer(request).replace('NDIAYE', 'SÈNE'), 'latin1'), 'text/xml;charset=iso-8859-1'),
      'answer',
    ],
    [
      'ISO-8859-1 by the XML declaration, labelled UTF-8 by the transport',
      (request) =>
        xmlReply(Buffer.from(soapAnswer(request).replace('UTF-8', 'ISO-8859-1').replace('NDIAYE', 'SÈNE'), 'latin1')),
      'answer',
    ],
    [
      'ISO-8859-1 by the XML declaration',
      (request) =>
        xmlReply(
          Buffer.from(soapAnswer(request).replace('UTF-8', 'ISO-8859-1').replace('NDIAYE', 'SÈNE'), 'latin1'),
          'text/xml',
        ),
      'answer',
    ],
    [
      'UTF-16 with its mark',
      (request) => xmlReply(Buffer.from(`\ufeff${soapAnswer(request)}`, 'utf16le'), 'text/xml'),
      'answer',
    ],
  ]);

  it('keeps text verbatim', async () => {
    const body = RESPONSE_BODY.replace('NDIAYE', ' 007 &lt;é&#233;<![CDATA[&]]>\t');
    const value = await valueOf((request) => xmlReply(soapAnswer(request, body)));
    expect(value.body?.children[0]?.children[0]?.children[0]?.text).toBe(' 007 <éé&\t');
  });

  it('reads the letters of a declared ISO-8859-1', async () => {
    const value = await valueOf((request) =>
      xmlReply(
        Buffer.from(soapAnswer(request).replace('UTF-8', 'ISO-8859-1').replace('NDIAYE', 'SÈNE'), 'latin1'),
        'text/xml',
      ),
    );
    expect(value.body?.children[0]?.children[0]?.children[0]?.text).toBe('SÈNE');
  });
});

describe('an answer that breaks the message protocol', () => {
  const violation = (rule: string): string => `unknown protocol-violation.${rule}`;
  holds([
    [
      'no header',
      (request) => xmlReply(soapAnswer(request).replace(/<soapenv:Header>.*<\/soapenv:Header>/, '')),
      violation('MissingHeader'),
    ],
    [
      'an empty header',
      changed(/<soapenv:Header>.*<\/soapenv:Header>/, '<soapenv:Header/>'),
      violation('MissingHeaderField'),
    ],
    ['no client', changed(/<xrd:client .*<\/xrd:client>/, ''), violation('MissingHeaderField')],
    ['no service', changed(/<xrd:service .*<\/xrd:service>/, ''), violation('MissingHeaderField')],
    ['no id', changed(/<xrd:id>.*?<\/xrd:id>/, ''), violation('MissingHeaderField')],
    [
      'no protocol version',
      changed(/<xrd:protocolVersion>.*<\/xrd:protocolVersion>/, ''),
      violation('MissingHeaderField'),
    ],
    ['an id in no namespace', changed(/<xrd:id>(.*?)<\/xrd:id>/, '<id>$1</id>'), violation('MissingHeaderField')],
    ['two ids', changed(/(<xrd:id>.*?<\/xrd:id>)/, '$1$1'), violation('DuplicateHeaderField')],
    ['two issues', changed(/(<xrd:issue>.*?<\/xrd:issue>)/, '$1$1'), violation('DuplicateHeaderField')],
    ['two hashes', changed(/(<xrd:requestHash.*?<\/xrd:requestHash>)/, '$1$1'), violation('DuplicateHeaderField')],
    ['two headers', changed(/(<soapenv:Header>.*<\/soapenv:Header>)/, '$1$1'), violation('DuplicateHeaderField')],
    [
      'a part twice',
      changed(
        '<id:memberClass>GOV</id:memberClass>',
        '<id:memberClass>GOV</id:memberClass><id:memberClass>GOV</id:memberClass>',
      ),
      violation('DuplicateHeaderField'),
    ],
    ['a part missing', changed('<id:memberClass>GOV</id:memberClass>', ''), violation('MissingHeaderField')],
    ['no object type', changed(' id:objectType="SUBSYSTEM"', ''), violation('InvalidXml')],
    [
      'an object type without namespace',
      changed(' id:objectType="SUBSYSTEM"', ' objectType="SUBSYSTEM"'),
      violation('InvalidXml'),
    ],
    [
      'a client that is a service',
      changed('id:objectType="SUBSYSTEM"', 'id:objectType="SERVICE"'),
      violation('InvalidXml'),
    ],
    ['an object type that is a property of objects', changed('"SUBSYSTEM"', '"constructor"'), violation('InvalidXml')],
    ['protocol version 3', changed('>4.0<', '>3.1<'), violation('InvalidProtocolVersion')],
    ['no body', changed(/<soapenv:Body>.*<\/soapenv:Body>/, ''), violation('MissingBody')],
    ['an empty body', changed(/<soapenv:Body>.*<\/soapenv:Body>/, '<soapenv:Body/>'), violation('InvalidBody')],
    ['two body children', changed('</soapenv:Body>', '<more/></soapenv:Body>'), violation('InvalidBody')],
    ['two bodies', changed('</soapenv:Envelope>', '<soapenv:Body/></soapenv:Envelope>'), violation('InvalidBody')],
    [
      'the response of another operation',
      changed(/verifierNaissanceResponse/g, 'verifierDecesResponse'),
      violation('InconsistentHeaders'),
    ],
    [
      'the request as its own answer',
      changed(/verifierNaissanceResponse/g, 'verifierNaissance'),
      violation('InconsistentHeaders'),
    ],
    ['another id', changed(/<xrd:id>3f/, '<xrd:id>4f'), violation('EchoMismatch')],
    ['an id with a space', changed('</xrd:id>', ' </xrd:id>'), violation('EchoMismatch')],
    ['another client', changed('enrolement', 'autre'), violation('EchoMismatch')],
    ['another service version', changed('>v1<', '>v2<'), violation('EchoMismatch')],
    ['no service version', changed('<id:serviceVersion>v1</id:serviceVersion>', ''), violation('EchoMismatch')],
    ['another user', changed('worker-01', 'worker-02'), violation('EchoMismatch')],
    ['no user', changed(/<xrd:userId>.*<\/xrd:userId>/, ''), violation('EchoMismatch')],
    ['another issue', changed('000123', '000124'), violation('EchoMismatch')],
    ['an issue that is empty, which is not an absent one', changed('PNBSF-2026-000123', ''), violation('EchoMismatch')],
    [
      'a third party nobody named',
      changed(
        '<xrd:id>',
        '<r:representedParty xmlns:r="http://x-road.eu/xsd/representation.xsd"><r:partyCode>1</r:partyCode></r:representedParty><xrd:id>',
      ),
      violation('EchoMismatch'),
    ],
    ['no hash', changed(/<xrd:requestHash.*<\/xrd:requestHash>/, ''), violation('RequestHashMismatch')],
    ['the hash of something else', changed(/sha512">.{4}/, 'sha512">AAAA'), violation('RequestHashMismatch')],
    ['a hash by another algorithm', changed('xmlenc#sha512', 'xmlenc#sha256'), violation('RequestHashMismatch')],
    [
      'a fault beside an answer',
      changed('</soapenv:Body>', '<soapenv:Fault/></soapenv:Body>'),
      violation('InvalidBody'),
    ],
  ]);
});

describe('an answer that cannot be read', () => {
  const unreadable = (reason: string): string => `unknown unreadable-answer.${reason}`;
  holds([
    ['cut off', (request) => xmlReply(soapAnswer(request).slice(0, -1)), unreadable('xml')],
    ['cut off inside an element', (request) => xmlReply(soapAnswer(request).slice(0, 700)), unreadable('xml')],
    ['empty', () => xmlReply(''), unreadable('xml')],
    ['two documents', (request) => xmlReply(soapAnswer(request) + soapAnswer(request)), unreadable('xml')],
    ['a DOCTYPE', changed('<soapenv:Envelope', '<!DOCTYPE a><soapenv:Envelope'), unreadable('doctype')],
    [
      'entities',
      changed('<soapenv:Envelope', '<!DOCTYPE a [<!ENTITY e "x">]><soapenv:Envelope'),
      unreadable('doctype'),
    ],
    ['an entity of nowhere', changed('NDIAYE', '&nbsp;'), unreadable('xml')],
    ['an unbound prefix', changed('<acte>', '<x:acte>'), unreadable('xml')],
    ['a control character', changed('NDIAYE', '\u0001'), unreadable('xml')],
    [
      'an attribute twice',
      changed('id:objectType="SUBSYSTEM"', 'id:objectType="SUBSYSTEM" id:objectType="SUBSYSTEM"'),
      unreadable('xml'),
    ],
    [
      'SOAP 1.2',
      changed('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
      unreadable('not-soap'),
    ],
    ['some other XML', () => xmlReply('<error/>'), unreadable('not-soap')],
    [
      'nested beyond reason',
      (request) => xmlReply(soapAnswer(request, '<a>'.repeat(200) + '</a>'.repeat(200))),
      unreadable('too-deep'),
    ],
    [
      'bytes that are not the declared UTF-8',
      (request) => xmlReply(Buffer.from(soapAnswer(request).replace('NDIAYE', 'SÈNE'), 'latin1')),
      unreadable('charset'),
    ],
    [
      'a charset nobody knows',
      (request) => xmlReply(soapAnswer(request), 'text/xml;charset=klingon'),
      unreadable('charset'),
    ],
  ]);
});

describe('faults', () => {
  holds([
    ['our message refused', () => soapFault('Client.MissingHeaderField'), 'message Client.MissingHeaderField'],
    ['our upload broken', () => soapFault('Client.IOError'), 'transient Client.IOError'],
    [
      'the same, status 500',
      () => ({ ...soapFault('Client.MissingHeaderField'), status: 500 }),
      'message Client.MissingHeaderField',
    ],
    [
      'provider unreachable',
      () =>
        soapFault('Server.ClientProxy.NetworkError', 'Could not connect to any target host ([https://10.1.2.3:5500/])'),
      'transient Server.ClientProxy.NetworkError',
    ],
    [
      'service switched off',
      () => soapFault('Server.ServerProxy.ServiceDisabled'),
      'route Server.ServerProxy.ServiceDisabled',
    ],
    [
      'service failed',
      () => soapFault('Server.ServerProxy.ServiceFailed.HttpError', 'Server responded with error 503'),
      'unknown Server.ServerProxy.ServiceFailed.HttpError',
    ],
    [
      'inconsistent response',
      () => soapFault('Server.ClientProxy.ServiceFailed.InconsistentResponse'),
      'unknown Server.ClientProxy.ServiceFailed.InconsistentResponse',
    ],
    [
      'new spelling',
      () => soapFault('server.clientproxy.global_conf_outdated'),
      'transient Server.ClientProxy.OutdatedGlobalConf',
    ],
    [
      'white space around the code',
      () => soapFault('\n Server.ServerProxy.AccessDenied '),
      'route Server.ServerProxy.AccessDenied',
    ],
    ['the signer alone', () => soapFault('Signer.KeyNotFound'), 'unknown Signer.KeyNotFound'],
    ['in a multipart', () => multipartFault(), 'route Server.ServerProxy.AccessDenied'],
    ["the service's, qualified", () => soapFault('soap:Server'), 'answer'],
    ["the service's, plain", () => soapFault('Server'), 'answer'],
    ["the service's, plain Client", () => soapFault('Client'), 'answer'],
    ["the service's, a code of its own", () => soapFault('Client.Foo'), 'answer'],
    ["the service's, qualified like one of ours", () => soapFault('x:Server.ServerProxy.AccessDenied'), 'answer'],
    ["the service's, status 500", () => ({ ...soapFault('soap:Server'), status: 500 }), 'answer'],
    ["the service's, without a code", () => soapFault(''), 'answer'],
    [
      "the service's, about another message",
      () => xmlReply(soapEnvelope('<soapenv:Header><xrd:id>other</xrd:id></soapenv:Header>', '<soapenv:Fault/>')),
      'unknown protocol-violation.EchoMismatch',
    ],
    [
      "the service's, about this message",
      (request) => xmlReply(soapEnvelope(echoedHeader(request), '<soapenv:Fault/>')),
      'answer',
    ],
  ]);

  it('hands the code and the detail of a service fault over', async () => {
    const value = await valueOf(() =>
      xmlReply(
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
          '<faultcode>soap:Server</faultcode><faultstring>Base indisponible</faultstring>' +
          '<detail><e:code xmlns:e="urn:e">EC-500</e:code></detail></soap:Fault></soap:Body></soap:Envelope>',
      ),
    );
    expect(value).toMatchObject({
      body: null,
      serviceFault: { code: 'soap:Server', detail: { children: [{ name: 'code', text: 'EC-500' }] } },
    });
  });
});

describe('an answer that is not SOAP', () => {
  holds([
    ['an HTML page', () => xmlReply('<html></html>', 'text/html'), 'unknown not-x-road'],
    ['no content type', () => ({ body: 'x' }), 'unknown not-x-road'],
    ['JSON', () => xmlReply('{}', 'application/json'), 'unknown not-x-road'],
    ...[502, 503, 504].map((status): Case => [
      `${status} of a box`,
      () => ({ ...xmlReply('<html>', 'text/html'), status }),
      'unknown not-x-road',
    ]),
    ...[400, 414, 431].map((status): Case => [
      `${status} of the HTTP server`,
      () => ({ status }),
      'message refused-by-http-server',
    ]),
    [
      'an answer with a status that is not 200',
      (request) => ({ ...xmlReply(soapAnswer(request)), status: 202 }),
      'unknown not-x-road',
    ],
    ['a redirection', () => ({ status: 302, headers: { location: '/elsewhere' } }), 'unknown not-x-road'],
  ]);
});

function multipartFault(): Reply {
  const fault = String(soapFault('Server.ServerProxy.AccessDenied').body);
  return xmlReply(
    `--b\r\nContent-Type: text/xml; charset=UTF-8\r\n\r\n${fault}\r\n--b--\r\n`,
    'multipart/related; type="text/xml"; boundary=b',
  );
}
