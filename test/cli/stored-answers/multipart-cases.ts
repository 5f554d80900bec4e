import { faultText, multipart, PDF, PDF_HEAD, ROOT_HEAD, serviceFaultText, soapText } from './soap-parts.ts';
import type { PartOptions } from './soap-parts.ts';
import type { KeptHead, StoredCase } from './stored-case.ts';

const ATTACHED = {
  protocol: 'soap',
  kind: 'answer',
  class: 'ok',
  attachments: [{ contentId: 'acte-1987-0456', contentType: 'application/pdf', bytes: 9 }],
};
const TYPE = 'multipart/related;type="text/xml";start="<rootpart>";boundary="limite-42";charset=UTF-8';
const http = (contentType = TYPE): KeptHead => ({ status: 200, headers: { 'Content-Type': contentType } });
const withFile = (options?: PartOptions): string =>
  multipart(
    [
      [ROOT_HEAD, soapText()],
      [PDF_HEAD, PDF],
    ],
    options,
  );
const unreadable = (code: string): object => ({ protocol: 'soap', kind: 'unreadable', class: 'outcome-unknown', code });
const root = (head: readonly string[], text: string): string => multipart([[head, text]]);

const XOP_HEAD = ['Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"', 'Content-ID: <r>'];
const XOP = soapText(
  '<verifierNaissanceResponse><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:x"/>' +
    '</verifierNaissanceResponse>',
);
const REFERENCE = soapText(
  '<verifierNaissanceResponse><extrait>cid:acte-1987-0456</extrait></verifierNaissanceResponse>',
);
const inner = multipart([[['Content-Type: text/plain'], 'deux']], { boundary: 'limite-42-b' });

/** Answers with attachments, and faults that come in a multipart. */
export const MULTIPARTS: readonly StoredCase[] = [
  { name: 'CRLF line ends', body: withFile(), http: http(), expected: ATTACHED },
  { name: 'bare LF line ends', body: withFile({ end: '\n' }), http: http(), expected: ATTACHED },
  { name: 'without its head', body: withFile(), expected: ATTACHED },
  {
    name: 'an unquoted boundary',
    body: withFile(),
    http: http('Multipart/Related; boundary=limite-42'),
    expected: ATTACHED,
  },
  {
    name: 'a quoted boundary with spaces and signs',
    body: withFile({ boundary: "a b:c='?" }),
    http: http('multipart/related; boundary="a b:c=\'?"'),
    expected: ATTACHED,
  },
  { name: 'a preamble and an epilogue', body: `avant\r\n${withFile()}\r\naprès`, http: http(), expected: ATTACHED },
  {
    name: 'swaRef',
    body: multipart([
      [ROOT_HEAD, REFERENCE],
      [PDF_HEAD, PDF],
    ]),
    http: http(),
    expected: { ...ATTACHED, body: { content: { extrait: 'cid:acte-1987-0456' } } },
  },
  {
    name: 'MTOM',
    body: multipart([
      [XOP_HEAD, XOP],
      [['Content-Type: image/png', 'Content-Transfer-Encoding: binary', 'Content-ID: <x>'], 'abc'],
    ]),
    http: http('multipart/related; type="application/xop+xml"; start-info="text/xml"; boundary="limite-42"'),
    expected: { kind: 'answer', attachments: [{ contentId: 'x', contentType: 'image/png', bytes: 3 }] },
  },
  {
    name: 'a single part',
    body: root(ROOT_HEAD, soapText()),
    http: http(),
    expected: { kind: 'answer' },
    absent: ['attachments'],
  },
  {
    name: 'part heads in lower case, folded',
    body: root(['content-type: text/xml;', ' charset=UTF-8'], soapText()),
    http: http(),
    expected: { kind: 'answer' },
  },
  {
    name: 'a nested multipart whose boundary begins like the outer one',
    body: multipart([
      [ROOT_HEAD, soapText()],
      [['Content-Type: multipart/mixed; boundary="limite-42-b"'], inner],
    ]),
    http: http(),
    expected: {
      kind: 'answer',
      attachments: [{ contentId: '', contentType: 'multipart/mixed; boundary="limite-42-b"', bytes: inner.length }],
    },
  },
  {
    name: "a Security Server's fault",
    body: root(ROOT_HEAD, faultText('Server.ServerProxy.AccessDenied')),
    http: http(),
    expected: { kind: 'exchange-error', class: 'route' },
  },
  {
    name: "the service's fault",
    body: root(ROOT_HEAD, serviceFaultText('<faultcode>s:Server</faultcode>')),
    http: http(),
    expected: { kind: 'service-fault', code: 's:Server' },
  },
  { name: 'no closing boundary', body: withFile({ closing: false }), http: http(), expected: unreadable('mime') },
  {
    name: 'another boundary than announced',
    body: withFile(),
    http: http('multipart/related; boundary=autre'),
    expected: unreadable('mime'),
  },
  {
    name: 'no boundary announced',
    body: withFile(),
    http: http('multipart/related; type="text/xml"'),
    expected: unreadable('mime'),
  },
  {
    name: 'a part without a content type',
    body: root(['Content-ID: <r>'], soapText()),
    http: http(),
    expected: unreadable('mime'),
  },
  {
    name: 'an envelope that is not first',
    body: multipart([
      [PDF_HEAD, PDF],
      [ROOT_HEAD, soapText()],
    ]),
    http: http(),
    expected: unreadable('content-type'),
  },
  { name: 'base64 cut off', body: withFile().replace(PDF, 'JVBERi0xLjQ'), http: http(), expected: unreadable('mime') },
];
