import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { RESPONSE_BODY, soapAnswer, soapFault, xmlReply } from './support/answers.ts';
import { clientOf, context, soapRead } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { Received, WireServer } from './support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;
beforeAll(async () => {
  server = await startWireServer();
  client = clientOf([server.url]);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const SWA = 'multipart/related;type="text/xml";start="<rootpart>";boundary="limite-42";charset=UTF-8';
const ROOT = ['Content-Type: text/xml; charset=UTF-8', 'Content-Transfer-Encoding: 8bit', 'Content-ID: <rootpart>'];
const PDF = ['Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', 'Content-ID: <acte-1>'];

type Part = readonly [headers: readonly string[], content: string];

function multipart(parts: readonly Part[], end = '\r\n', closing = '--limite-42--'): string {
  const lines = parts.flatMap(([headers, content]) => ['--limite-42', ...headers, '', content]);
  return [...lines, closing].join(end);
}

interface Form {
  readonly contentType?: string;
  readonly end?: string;
  readonly closing?: string;
  readonly parts: (envelope: string) => readonly Part[];
  readonly encoding?: BufferEncoding;
}

async function callAnswered(form: Form, body = RESPONSE_BODY): ReturnType<ExchangeClient['soap']> {
  server.answerWith((request: Received) => {
    const text = multipart(form.parts(soapAnswer(request, body)), form.end, form.closing);
    return xmlReply(Buffer.from(text, form.encoding ?? 'utf8'), form.contentType ?? SWA);
  });
  return client.soap(soapRead, context);
}

const cases: Readonly<Record<string, readonly [form: Form, expected: string]>> = {
  'an attachment': [
    {
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0xLjQK'],
      ],
    },
    'answer',
  ],
  'no attachment': [{ parts: (root) => [[ROOT, root]] }, 'answer'],
  'bare line feeds': [
    {
      end: '\n',
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0xLjQK'],
      ],
    },
    'answer',
  ],
  'media type in mixed case, parameters in another order': [
    {
      contentType: 'Multipart/Related; BOUNDARY=limite-42; charset=UTF-8; Type=text/xml',
      parts: (root) => [[ROOT, root]],
    },
    'answer',
  ],
  'part headers in lower case, no encoding named': [
    {
      parts: (root) => [
        [['content-type: text/xml'], root],
        [['content-type: text/plain'], 'x'],
      ],
    },
    'answer',
  ],
  MTOM: [
    {
      contentType:
        'multipart/related; type="application/xop+xml"; start-info="text/xml"; start="<rootpart>"; boundary="limite-42"',
      parts: (root) => [
        [['Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"', 'Content-ID: <rootpart>'], root],
        [PDF, 'JVBERi0xLjQK'],
      ],
    },
    'answer',
  ],
  'a root in ISO-8859-1': [
    {
      encoding: 'latin1',
      parts: (root) => [[['Content-Type: text/xml; charset=iso-8859-1'], root.replace('NDIAYE', 'SÈNE')]],
    },
    'answer',
  ],
  'a root in base64': [
    {
      parts: (root) => [
        [['Content-Type: text/xml', 'Content-Transfer-Encoding: base64'], Buffer.from(root).toString('base64')],
      ],
    },
    'answer',
  ],
  'a start that names another part: the first one counts': [
    {
      contentType: SWA.replace('rootpart', 'acte-1'),
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0xLjQK'],
      ],
    },
    'answer',
  ],
  'a nested multipart beside it': [
    {
      parts: (root) => [
        [ROOT, root],
        [['Content-Type: multipart/mixed; boundary=limite-42b'], '--limite-42b\r\n\r\nx\r\n--limite-42b--'],
      ],
    },
    'answer',
  ],
  'no closing boundary': [
    {
      closing: '',
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0xLjQK'],
      ],
    },
    'unknown unreadable-answer.mime',
  ],
  'another boundary than announced': [
    { contentType: SWA.replace('limite-42', 'limite-43'), parts: (root) => [[ROOT, root]] },
    'unknown unreadable-answer.mime',
  ],
  'no boundary announced': [
    { contentType: 'multipart/related; type="text/xml"', parts: (root) => [[ROOT, root]] },
    'unknown unreadable-answer.mime',
  ],
  'an attachment without content type': [
    {
      parts: (root) => [
        [ROOT, root],
        [['Content-ID: <x>'], 'x'],
      ],
    },
    'unknown unreadable-answer.mime',
  ],
  'an attachment cut off inside its base64': [
    {
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0xL'],
      ],
    },
    'unknown unreadable-answer.mime',
  ],
  'the attachment first': [
    {
      parts: (root) => [
        [PDF, 'JVBERi0xLjQK'],
        [ROOT, root],
      ],
    },
    'unknown unreadable-answer.content-type',
  ],
  'a root cut off': [{ parts: (root) => [[ROOT, root.slice(0, -1)]] }, 'unknown unreadable-answer.xml'],
  "the service's fault": [{ parts: () => [[ROOT, String(soapFault('soap:Server').body)]] }, 'answer'],
  "a Security Server's fault": [
    { parts: () => [[ROOT, String(soapFault('server.serverproxy.service_disabled').body)]] },
    'route Server.ServerProxy.ServiceDisabled',
  ],
  'another envelope than ours': [
    { parts: (root) => [[ROOT, root.replace(context.messageId, 'other')]] },
    'unknown protocol-violation.EchoMismatch',
  ],
};

describe('a SOAP answer in several parts', () => {
  it.each(Object.entries(cases))('%s', async (_name, [form, expected]) => {
    expect(ending(await callAnswered(form))).toBe(expected);
  });

  it('hands its attachments over, byte by byte', async () => {
    const result = await callAnswered({
      parts: (root) => [
        [ROOT, root],
        [PDF, 'JVBERi0x\r\nLjQK'],
      ],
    });
    if (result.kind !== 'answer') throw new Error(ending(result));
    const [attachment, ...others] = result.value.attachments ?? [];
    expect(attachment).toMatchObject({ contentId: 'acte-1', contentType: 'application/pdf' });
    expect(attachment?.content.toString()).toBe('%PDF-1.4\n');
    expect(others).toEqual([]);
  });
});
