import {
  changed,
  CLIENT,
  DETAIL_ID,
  faultText,
  HASH,
  RESPONSE,
  SERVICE,
  serviceFaultText,
  soapText,
} from './soap-parts.ts';
import type { KeptHead, StoredCase } from './stored-case.ts';

const ANSWER = { protocol: 'soap', kind: 'answer', class: 'ok' };
const HEADER = {
  client: 'SN/GOV/ANACMU/enrolement',
  service: 'SN/GOV/ETATCIVIL/actes/verifierNaissance/v1',
  id: 'essai-1',
  userId: 'SN-agent',
  issue: 'PNBSF-1',
  protocolVersion: '4.0',
  requestHash: HASH,
};
const BODY = { name: 'verifierNaissanceResponse', content: { response: { resultat: 'CONCORDANT' } } };
const WHOLE = { ...ANSWER, header: HEADER, body: BODY };

const violation = (code: string): object => ({ protocol: 'soap', kind: 'violation', class: 'outcome-unknown', code });
const unreadable = (code: string): object => ({ protocol: 'soap', kind: 'unreadable', class: 'outcome-unknown', code });
const exchangeError = (code: string, outcome: string): object => ({
  protocol: 'soap',
  kind: 'exchange-error',
  class: outcome,
  code,
  actor: '',
  detail: DETAIL_ID,
});
const response = (content: string): string =>
  soapText(`<verifierNaissanceResponse><response>${content}</response></verifierNaissanceResponse>`);
const content = (response_: unknown): object => ({ ...ANSWER, body: { content: { response: response_ } } });
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const type = (contentType: string): KeptHead => ({ headers: { 'content-type': contentType } });

/** Forms a faithful answer may take. */
export const FAITHFUL: readonly StoredCase[] = [
  { name: 'as a Security Server writes it', body: soapText(), expected: WHOLE },
  {
    name: 'its head given',
    body: soapText(),
    http: { status: 200, ...type('text/xml;charset=utf-8') },
    expected: WHOLE,
  },
  { name: 'media type in capitals', body: soapText(), http: type('TEXT/XML; Charset="UTF-8"'), expected: WHOLE },
  {
    name: 'header name in capitals',
    body: soapText(),
    http: { headers: { 'CONTENT-TYPE': 'text/xml' } },
    expected: WHOLE,
  },
  { name: 'a head without a content type', body: soapText(), http: { status: 200 }, expected: WHOLE },
  { name: 'other prefixes', body: changed(/soapenv(?=[:=])/g, 'S').replace(/xrd(?=[:=])/g, 'ns2'), expected: WHOLE },
  {
    name: 'the header in default namespaces',
    body: changed(/<xrd:(\w+)/g, '<$1 xmlns="http://x-road.eu/xsd/xroad.xsd"').replace(/<\/xrd:/g, '</'),
    expected: WHOLE,
  },
  { name: 'a byte order mark', body: `\ufeff${soapText()}`, expected: WHOLE },
  { name: 'UTF-16 with its mark', body: Buffer.from(`\ufeff${soapText()}`, 'utf16le'), expected: WHOLE },
  { name: 'no XML declaration', body: changed(/^<\?xml[^>]*\?>/, ''), expected: WHOLE },
  { name: 'white space between elements', body: changed(/></g, '>\r\n\t<'), expected: WHOLE },
  { name: 'comments in the header', body: changed('<xrd:id>ess', '<!-- a --><xrd:id>ess<!-- b -->'), expected: WHOLE },
  { name: 'a processing instruction', body: changed('<soapenv:Body>', '<?p q?><soapenv:Body>'), expected: WHOLE },
  { name: 'CDATA in a header field', body: changed('>essai-1<', '><![CDATA[essai-1]]><'), expected: WHOLE },
  { name: 'character references', body: changed('>essai-1<', '>&#101;ssai&#x2D;1<'), expected: WHOLE },
  { name: 'white space around the hash', body: changed(HASH, `\n  ${HASH}\n`), expected: WHOLE },
  {
    name: 'an unknown header element',
    body: changed('<xrd:id>', '<w:s xmlns:w="urn:w">1</w:s><xrd:id>'),
    expected: WHOLE,
  },
  { name: 'header fields in another order', body: changed(CLIENT + SERVICE, SERVICE + CLIENT), expected: WHOLE },
  { name: 'no user', body: changed(/<xrd:userId>.*<\/xrd:userId>/, ''), expected: ANSWER, absent: ['header.userId'] },
  { name: 'an empty user', body: changed('>SN-agent<', '><'), expected: { header: { ...HEADER, userId: '' } } },
  {
    name: 'an issue that closes itself',
    body: changed('<xrd:issue>PNBSF-1</xrd:issue>', '<xrd:issue/>'),
    expected: { header: { issue: '' } },
  },
  {
    name: 'no hash',
    body: changed(/<xrd:requestHash.*<\/xrd:requestHash>/, ''),
    expected: ANSWER,
    absent: ['header.requestHash'],
  },
  { name: 'spaces in the id', body: changed('>essai-1<', '> essai-1 <'), expected: { header: { id: ' essai-1 ' } } },
  {
    name: 'protocol version 4.7',
    body: changed('>4.0<', '>4.7<'),
    expected: { kind: 'answer', header: { protocolVersion: '4.7' } },
  },
  {
    name: 'a service without version',
    body: changed('<id:serviceVersion>v1</id:serviceVersion>', ''),
    expected: { header: { service: 'SN/GOV/ETATCIVIL/actes/verifierNaissance' } },
  },
  {
    name: 'a client that is a member',
    body: changed('<id:subsystemCode>enrolement</id:subsystemCode>', '').replace('"SUBSYSTEM"', '"MEMBER"'),
    expected: { kind: 'answer', header: { client: 'SN/GOV/ANACMU' } },
  },
  { name: 'repeated elements', body: response('<a>1</a><b/><a>2</a>'), expected: content({ a: ['1', '2'], b: '' }) },
  {
    name: 'text verbatim',
    body: response('<n> 007 &lt;é<![CDATA[&amp;]]>\n</n>'),
    expected: content({ n: ' 007 <é&amp;\n' }),
  },
  {
    name: 'an element of a dangerous name',
    body: response('<__proto__>x</__proto__><constructor>y</constructor>'),
    expected: content({ constructor: 'y' }),
  },
  {
    name: 'ISO-8859-1 by its declaration',
    body: latin1(response('<n>SÈNE</n>').replace('UTF-8', 'ISO-8859-1')),
    expected: content({ n: 'SÈNE' }),
  },
  {
    name: 'ISO-8859-1 by its head, against its declaration',
    body: latin1(response('<n>SÈNE</n>')),
    http: type('text/xml; charset=ISO-8859-1'),
    expected: content({ n: 'SÈNE' }),
  },
  {
    name: 'a business error inside the answer, which is no fault',
    body: response('<faultCode>EC-404</faultCode><faultString>Acte introuvable</faultString>'),
    expected: content({ faultCode: 'EC-404', faultString: 'Acte introuvable' }),
  },
];

/** Answers that can be read and break a rule. */
export const VIOLATIONS: readonly StoredCase[] = [
  {
    name: 'no header',
    body: changed(/<soapenv:Header>.*<\/soapenv:Header>/, ''),
    expected: violation('MissingHeader'),
  },
  { name: 'no id', body: changed(/<xrd:id>.*<\/xrd:id>/, ''), expected: violation('MissingHeaderField') },
  { name: 'no client', body: changed(CLIENT, ''), expected: violation('MissingHeaderField') },
  { name: 'no service', body: changed(SERVICE, ''), expected: violation('MissingHeaderField') },
  {
    name: 'no protocol version',
    body: changed(/<xrd:protocolVersion>.*?<\/xrd:protocolVersion>/, ''),
    expected: violation('MissingHeaderField'),
  },
  { name: 'the id in no namespace', body: changed(/xrd:id>/g, 'id>'), expected: violation('MissingHeaderField') },
  { name: 'two ids', body: changed(/(<xrd:id>.*<\/xrd:id>)/, '$1$1'), expected: violation('DuplicateHeaderField') },
  {
    name: 'a part of an identifier twice',
    body: changed('<id:memberCode>ANACMU', '<id:memberCode>A</id:memberCode><id:memberCode>ANACMU'),
    expected: violation('DuplicateHeaderField'),
  },
  { name: 'no object type', body: changed(' id:objectType="SERVICE"', ''), expected: violation('InvalidXml') },
  {
    name: 'an object type of another kind',
    body: changed('"SUBSYSTEM"', '"SERVICE"'),
    expected: violation('InvalidXml'),
  },
  {
    name: 'a target that is no server',
    body: changed('<xrd:id>', '<xrd:securityServer id:objectType="MEMBER"/><xrd:id>'),
    expected: violation('InvalidXml'),
  },
  {
    name: 'a represented party with two codes',
    body: changed(
      '<xrd:id>',
      '<r:representedParty xmlns:r="http://x-road.eu/xsd/representation.xsd"><r:partyCode>1</r:partyCode><r:partyCode>2</r:partyCode></r:representedParty><xrd:id>',
    ),
    expected: violation('DuplicateHeaderField'),
  },
  { name: 'protocol version 3', body: changed('>4.0<', '>3.1<'), expected: violation('InvalidProtocolVersion') },
  { name: 'no body', body: changed(/<soapenv:Body>.*<\/soapenv:Body>/, ''), expected: violation('MissingBody') },
  { name: 'an empty body', body: soapText(''), expected: violation('InvalidBody') },
  { name: 'two children of the body', body: soapText(`${RESPONSE}<surplus/>`), expected: violation('InvalidBody') },
  {
    name: 'the answer of another service',
    body: soapText('<verifierDecesResponse/>'),
    expected: violation('InconsistentHeaders'),
  },
  {
    name: 'the request for an answer',
    body: soapText('<verifierNaissance/>'),
    expected: violation('InconsistentHeaders'),
  },
  {
    name: 'a fault beside an answer',
    body: soapText(`${RESPONSE}<soapenv:Fault/>`),
    expected: violation('InvalidBody'),
  },
];

/** Bytes that are no complete SOAP 1.1 document. */
export const UNREADABLE: readonly StoredCase[] = [
  { name: 'nothing', body: '', expected: unreadable('xml') },
  { name: 'cut off by one byte', body: soapText().slice(0, -1), expected: unreadable('xml') },
  { name: 'cut off in the header', body: soapText().slice(0, 400), expected: unreadable('xml') },
  { name: 'two documents', body: soapText() + soapText(), expected: unreadable('xml') },
  {
    name: 'a DOCTYPE',
    body: changed('<soapenv:Envelope', '<!DOCTYPE e><soapenv:Envelope'),
    expected: unreadable('doctype'),
  },
  {
    name: 'an entity',
    body: changed('<soapenv:Envelope', '<!DOCTYPE e [<!ENTITY x "y">]><soapenv:Envelope'),
    expected: unreadable('doctype'),
  },
  { name: 'an unknown entity', body: response('&eacute;'), expected: unreadable('xml') },
  { name: 'an unbound prefix', body: response('<x:y/>'), expected: unreadable('xml') },
  { name: 'a control character', body: response('\u0001'), expected: unreadable('xml') },
  { name: 'bytes that are not UTF-8', body: latin1(response('É')), expected: unreadable('charset') },
  {
    name: 'an unknown charset',
    body: soapText(),
    http: type('text/xml; charset=klingon'),
    expected: unreadable('charset'),
  },
  {
    name: 'SOAP 1.2',
    body: changed('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    expected: unreadable('not-soap'),
  },
  { name: 'another XML document', body: '<rapport/>', expected: unreadable('not-soap') },
  {
    name: 'nested beyond reason',
    body: response('<a>'.repeat(200) + '</a>'.repeat(200)),
    expected: unreadable('too-deep'),
  },
  {
    name: 'an answer with a status no Security Server gives',
    body: soapText(),
    http: { status: 202 },
    expected: unreadable('not-x-road'),
  },
];

/** Faults, ours and theirs, in both spellings. */
export const FAULTS: readonly StoredCase[] = [
  {
    name: 'our message refused',
    body: faultText('Client.MissingHeaderField'),
    expected: exchangeError('Client.MissingHeaderField', 'message'),
  },
  {
    name: 'the same, new spelling',
    body: faultText('client.missing_header_field'),
    expected: exchangeError('client.missing_header_field', 'message'),
  },
  {
    name: 'our upload broken',
    body: faultText('Client.IOError'),
    expected: exchangeError('Client.IOError', 'transient'),
  },
  {
    name: 'configuration out of date',
    body: faultText('Server.ClientProxy.OutdatedGlobalConf'),
    expected: exchangeError('Server.ClientProxy.OutdatedGlobalConf', 'transient'),
  },
  {
    name: 'the same, new spelling',
    body: faultText('server.clientproxy.global_conf_outdated'),
    expected: exchangeError('server.clientproxy.global_conf_outdated', 'transient'),
  },
  {
    name: 'rights missing',
    body: faultText('server.serverproxy.access_denied', 'Non', 'e'),
    expected: { ...exchangeError('server.serverproxy.access_denied', 'route'), text: 'Non' },
  },
  {
    name: 'no provider reached',
    body: faultText('Server.ClientProxy.NetworkError', 'Could not connect to any target host (x)'),
    expected: exchangeError('Server.ClientProxy.NetworkError', 'transient'),
  },
  {
    name: 'connection broken on the way',
    body: faultText('Server.ClientProxy.NetworkError', 'Broken pipe'),
    expected: exchangeError('Server.ClientProxy.NetworkError', 'outcome-unknown'),
  },
  {
    name: 'the service not connected to',
    body: faultText('Server.ServerProxy.ServiceFailed.NetworkError', 'Connect to a:1 failed: refused'),
    expected: exchangeError('Server.ServerProxy.ServiceFailed.NetworkError', 'transient'),
  },
  {
    name: 'the service failed',
    body: faultText('Server.ServerProxy.ServiceFailed.HttpError'),
    expected: exchangeError('Server.ServerProxy.ServiceFailed.HttpError', 'outcome-unknown'),
  },
  {
    name: 'no signature before the service',
    body: faultText('Server.ServerProxy.ServiceFailed.CannotCreateSignature'),
    expected: exchangeError('Server.ServerProxy.ServiceFailed.CannotCreateSignature', 'transient'),
  },
  {
    name: 'no signature after the service',
    body: faultText('Server.ServerProxy.CannotCreateSignature'),
    expected: exchangeError('Server.ServerProxy.CannotCreateSignature', 'outcome-unknown'),
  },
  {
    name: 'an unheard-of code below a known origin',
    body: faultText('Server.ServerProxy.Nouveau'),
    expected: { kind: 'service-fault' },
  },
  {
    name: 'status 500',
    body: faultText('Client.InvalidSoap'),
    http: { status: 500 },
    expected: exchangeError('Client.InvalidSoap', 'message'),
  },
  {
    name: 'announced as SOAP 1.2',
    body: faultText('Client.InvalidHttpMethod'),
    http: type('application/soap+xml'),
    expected: exchangeError('Client.InvalidHttpMethod', 'message'),
  },
  {
    name: 'spaces around the code',
    body: faultText('\n Client.InvalidSoap '),
    expected: exchangeError('Client.InvalidSoap', 'message'),
  },
  {
    name: 'of the service, qualified',
    body: serviceFaultText(
      '<faultcode>s:Server</faultcode><faultstring>Panne</faultstring><detail><e:erreur xmlns:e="urn:e"><e:code>EC-500</e:code></e:erreur></detail>',
    ),
    http: { status: 500 },
    expected: {
      protocol: 'soap',
      kind: 'service-fault',
      class: 'outcome-unknown',
      code: 's:Server',
      text: 'Panne',
      detail: { erreur: { code: 'EC-500' } },
    },
  },
  {
    name: 'of the service, plain',
    body: serviceFaultText('<faultcode>Server</faultcode>'),
    expected: { kind: 'service-fault', code: 'Server' },
  },
  {
    name: 'of the service, its own code',
    body: serviceFaultText('<faultcode>Client.Foo</faultcode>'),
    expected: { kind: 'service-fault', code: 'Client.Foo' },
  },
  {
    name: 'of the service, children qualified',
    body: serviceFaultText('<s:faultcode>x:y</s:faultcode><s:faultactor>urn:a</s:faultactor>'),
    expected: { kind: 'service-fault', code: 'x:y', actor: 'urn:a' },
  },
  {
    name: 'with the header of its message',
    body: soapText('<soapenv:Fault><faultcode>a:b</faultcode></soapenv:Fault>'),
    expected: { kind: 'service-fault', header: HEADER },
  },
];
