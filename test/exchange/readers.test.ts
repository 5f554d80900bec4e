import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMediaType } from '../../src/exchange/media-type.ts';
import { interpretRestAnswer } from '../../src/exchange/rest/rest-answer.ts';
import { interpretSoapAnswer } from '../../src/exchange/soap/soap-answer.ts';
import { readMultipart } from '../../src/exchange/soap/mime-multipart.ts';
import { readXml } from '../../src/exchange/soap/read-xml.ts';
import { writeXmlByShape } from '../../src/exchange/soap/shape-templates.ts';
import { soapRequest } from '../../src/exchange/soap/soap-request.ts';
import { writeXml } from '../../src/exchange/soap/write-xml.ts';
import { UnreadableAnswerError } from '../../src/exchange/unreadable-answer.ts';
import type { XmlElement } from '../../src/exchange/xml-element.ts';
import { soapAnswer } from './support/answers.ts';
import { context, soapRead } from './support/calls.ts';

const caller = {
  client: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' },
  userId: 'SN-ANACMU-worker-01',
};
const sent = soapRequest(soapRead, context, caller);
const asReceived = { body: sent.wire.body!, method: 'POST', url: '/', headers: {}, rawHeaders: [], remotePort: 1 };
const faithful = Buffer.from(soapAnswer(asReceived));

/** Runs a reader; its own error is undefined, any other error fails the property. */
function orOwnError<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return undefined;
    throw error;
  }
}

const soapTypes = fc.constantFrom(
  'text/xml',
  'text/xml;charset=utf-8',
  'multipart/related;boundary=b',
  'application/xop+xml',
);
const interpretSoap = (body: Buffer, type = 'text/xml'): string =>
  interpretSoapAnswer({ status: 200, headers: { 'content-type': type }, body }, sent).kind;

describe('an XML document', () => {
  const name = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ_][A-Za-z0-9_.-]{0,8}$/);
  const namespace = fc.constantFrom('', 'urn:a', 'http://etatcivil.xroad.sn/actes', 'http://x-road.eu/xsd/xroad.xsd');
  const xmlText = fc
    .string({ unit: 'binary' })
    .map((text) => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
  const attributes = fc
    .array(
      fc.tuple(fc.constantFrom('', '{urn:a}', '{urn:b}', '{http://www.w3.org/XML/1998/namespace}'), name, xmlText),
      { maxLength: 3 },
    )
    .map((entries) => Object.fromEntries(entries.map(([space, local, value]) => [`${space}${local}`, value])));
  const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
    tree: fc.record({
      name,
      namespace,
      attributes,
      text: xmlText,
      children: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'xml' },
        fc.constant([]),
        fc.array(tie('tree'), { maxLength: 3, depthIdentifier: 'xml' }),
      ),
    }),
  }));

  it('comes back as it was written, every character of it', () => {
    fc.assert(fc.property(tree, (given) => expect(readXml(writeXml(given))).toEqual(given)));
  });

  it('is the same by its shape as by the library, also when the shape is known', () => {
    const withValues = (element: XmlElement, value: (former: string) => string): XmlElement => ({
      ...element,
      attributes: Object.fromEntries(Object.entries(element.attributes).map(([key, former]) => [key, value(former)])),
      children: element.children.map((child) => withValues(child, value)),
      text: value(element.text),
    });
    fc.assert(
      fc.property(tree, xmlText, (given, added) => {
        const marked = withValues(given, (former) => `${former}${added}\ue000'"&<>`);
        const emptied = withValues(given, () => '');
        for (const each of [given, marked, emptied, given]) expect(writeXmlByShape(each)).toBe(writeXml(each));
      }),
    );
    const awkward = (namespace: string): XmlElement => ({
      name: 'a',
      namespace,
      attributes: { b: "'" },
      children: [],
      text: "'",
    });
    for (const each of ['urn:\ue000', '', 'urn:\ue000'].map(awkward))
      expect(writeXmlByShape(each)).toBe(writeXml(each));
  });

  it('is never read when it is cut off', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (given, seed) => {
        const whole = writeXml(given);
        expect(orOwnError(() => readXml(whole.slice(0, seed % whole.length)))).toBeUndefined();
      }),
    );
  });

  it('of any other text is an error of ours', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void orOwnError(() => readXml(text))));
    fc.assert(fc.property(fc.string(), (text) => void orOwnError(() => readXml(`<a>${text}</a>`))));
  });
});

describe('a SOAP answer', () => {
  it('is the whole of it or nothing, at every byte', () => {
    expect(interpretSoap(faithful)).toBe('answer');
    for (let length = 0; length < faithful.length; length++) {
      expect(interpretSoap(faithful.subarray(0, length))).toBe('failure');
    }
  });

  it('with one byte changed in its header is never taken for ours by mistake', () => {
    const headerEnd = faithful.indexOf('<xrd:protocolVersion>');
    const start = faithful.indexOf('<soapenv:Header>');
    fc.assert(
      fc.property(fc.integer({ min: start, max: headerEnd }), fc.nat(255), (at, byte) => {
        const altered = Buffer.from(faithful);
        altered[at] = byte;
        const kind = interpretSoap(altered);
        // Prefixes and white space may change; a value may not.
        if (kind === 'answer') expect(valuesOf(altered)).toEqual(valuesOf(faithful));
      }),
      { numRuns: 2_000 },
    );
  });

  it('of any bytes is an answer or a failure of ours, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), soapTypes, (bytes, type) => {
        expect(interpretSoap(Buffer.from(bytes), type)).toBe('failure');
      }),
    );
  });

  it('of any well-formed XML likewise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['answer', 'failure']).toContain(interpretSoap(Buffer.from(`<a>${text}</a>`)));
      }),
    );
  });
});

function valuesOf(bytes: Buffer): readonly string[] {
  const header = readXml(bytes.toString('utf8')).children[0]!;
  return header.children.flatMap((field) => [field.text.trim(), ...field.children.map(({ text }) => text)]);
}

describe('a REST answer', () => {
  it('of any headers and bytes is an answer or a failure of ours, never a crash', () => {
    const names = fc.constantFrom(
      ...['content-type', 'x-road-id', 'x-road-client', 'x-road-service', 'x-road-request-hash', 'x-road-error'],
    );
    const values = fc.oneof(fc.string(), soapTypes, fc.constantFrom('Server.ServerProxy.AccessDenied', 'SN/%', '%'));
    const headers = fc.dictionary(names, fc.oneof(values, fc.array(values, { maxLength: 3 })), {
      noNullPrototype: true,
    });
    const anyBody = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    );
    const sn = { parts: ['SN'], encoded: 'SN' };
    const echo = { id: 'i', client: sn, service: sn };
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), headers, anyBody, (status, given, bytes) => {
        const interpretation = interpretRestAnswer({ status, headers: given, body: Buffer.from(bytes) }, echo);
        if (interpretation.kind === 'failure') return;
        expect(given).toMatchObject({ 'x-road-request-hash': expect.anything() as unknown });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a multipart body', () => {
  const part = (headers: string, content: string, end = '\r\n'): string =>
    `--b${end}${headers}${end}${end}${content}${end}`;
  const TYPE = 'Content-Type: text/xml';
  const contents = (text: string, boundary = 'b'): readonly string[] =>
    readMultipart(Buffer.from(text, 'latin1'), boundary).map(({ content }) => content.toString('latin1'));

  const readable: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['one part', `${part(TYPE, 'x')}--b--\r\n`, ['x']],
    ['two parts', `${part(TYPE, 'x')}${part(TYPE, 'y')}--b--\r\n`, ['x', 'y']],
    ['bare line feeds', `${part(TYPE, 'x', '\n')}--b--\n`, ['x']],
    ['no line end after the closing boundary', `${part(TYPE, 'x')}--b--`, ['x']],
    ['white space after a boundary', `--b \t\r\n${TYPE}\r\n\r\nx\r\n--b-- \r\n`, ['x']],
    ['a preamble and an epilogue', `bonjour\r\n${part(TYPE, 'x')}--b--\r\n--b\r\nau revoir`, ['x']],
    ['header names in lower case', `${part('content-type: text/xml', 'x')}--b--`, ['x']],
    ['a folded header', `${part('Content-Type: multipart/related;\r\n boundary=c', 'x')}--b--`, ['x']],
    ['an empty content', `${part(TYPE, '')}--b--`, ['']],
    ['a content of line ends', `${part(TYPE, '\r\n\n')}--b--`, ['\r\n\n']],
    [
      'a content that begins like a boundary',
      `${part(TYPE, '--bc\r\n--b x\r\n x--b')}--b--`,
      ['--bc\r\n--b x\r\n x--b'],
    ],
    [
      'base64',
      `${part(`${TYPE}\r\nContent-Transfer-Encoding: BASE64`, 'SsOp\r\ncsO0bWU=')}--b--`,
      ['J\u00c3\u00a9r\u00c3\u00b4me'],
    ],
    [
      'quoted-printable',
      `${part(`${TYPE}\r\ncontent-transfer-encoding: quoted-printable`, 'a=C3=A9=\r\nb')}--b--`,
      ['a\u00c3\u00a9b'],
    ],
    [
      'quoted-printable, spaces before a soft line end',
      `${part(`${TYPE}\r\ncontent-transfer-encoding: quoted-printable`, 'a =\t\nb')}--b--`,
      ['a b'],
    ],
    [
      '8bit, binary',
      `${part(`${TYPE}\r\nContent-Transfer-Encoding: 8bit`, '\u00e9')}${part(`${TYPE}\r\nContent-Transfer-Encoding: binary`, '\u0000')}--b--`,
      ['\u00e9', '\u0000'],
    ],
    [
      'a nested multipart, left as it is',
      `${part('Content-Type: multipart/related;boundary=bb', '--bb\r\n\r\nx\r\n--bb--')}--b--`,
      ['--bb\r\n\r\nx\r\n--bb--'],
    ],
  ];
  it.each(readable)('%s', (_name, text, expected) => expect(contents(text)).toEqual(expected));

  const unreadable: readonly (readonly [name: string, text: string])[] = [
    ['nothing', ''],
    ['no boundary', 'bonjour'],
    ['no closing boundary', part(TYPE, 'x')],
    ['a closing boundary cut off', `${part(TYPE, 'x')}--b-`],
    ['no part', '--b--\r\n'],
    ['a part without headers', '--b\r\n--b--'],
    ['a part without content type', `${part('Content-ID: <x>', 'x')}--b--`],
    ['a header that is none', `${part(`${TYPE}\r\nbonjour`, 'x')}--b--`],
    ['base64 cut off', `${part(`${TYPE}\r\nContent-Transfer-Encoding: base64`, 'SsOpc')}--b--`],
    ['base64 with foreign characters', `${part(`${TYPE}\r\nContent-Transfer-Encoding: base64`, 'Ss*p')}--b--`],
    ['quoted-printable that is not', `${part(`${TYPE}\r\nContent-Transfer-Encoding: quoted-printable`, 'a=ZZ')}--b--`],
    ['an encoding nobody knows', `${part(`${TYPE}\r\nContent-Transfer-Encoding: rot13`, 'x')}--b--`],
  ];
  it.each(unreadable)('is unreadable: %s', (_name, text) => {
    expect(() => contents(text)).toThrow(UnreadableAnswerError);
  });

  it('is unreadable without a boundary to look for', () => {
    expect(() => contents(`${part(TYPE, 'x')}--b--`, '')).toThrow(UnreadableAnswerError);
  });

  it('that repeats its boundary for ever is read in one pass', () => {
    // A million delimiters on one line: looked at again for each of them, this would take hours.
    const content = '--b '.repeat(1_000_000);
    expect(contents(`${part(TYPE, content)}--b--`)).toEqual([content]);
  });

  it('of any parts comes back, and never when cut off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (parts, seed) => {
          const whole = Buffer.concat([
            ...parts.map((content) => Buffer.from(part(TYPE, Buffer.from(content).toString('latin1')), 'latin1')),
            Buffer.from('--b--'),
          ]);
          expect(readMultipart(whole, 'b').map(({ content }) => [...content])).toEqual(
            parts.map((content) => [...content]),
          );
          expect(orOwnError(() => readMultipart(whole.subarray(0, seed % whole.length), 'b'))).toBeUndefined();
        },
      ),
    );
  });

  it('of any bytes is an error of ours', () => {
    const anyBytes = fc.array(fc.constantFrom('--b', '--b--', '\r\n', '\n', TYPE, ':', 'x', ' '), { maxLength: 20 });
    fc.assert(fc.property(anyBytes, (words) => void orOwnError(() => readMultipart(Buffer.from(words.join('')), 'b'))));
  });
});

describe('a media type', () => {
  const cases: readonly (readonly [
    text: string | null,
    essence: string | null,
    parameters?: Record<string, string>,
  ])[] = [
    [null, null],
    ['', null],
    ['text', null],
    ['text/xml', 'text/xml', {}],
    ['Text/XML;Charset=UTF-8', 'text/xml', { charset: 'UTF-8' }],
    [' text/xml ; charset = "utf-8" ', 'text/xml', { charset: 'utf-8' }],
    [
      'multipart/related;type="text/xml";start="<r>";boundary="a b;c";charset=UTF-8',
      'multipart/related',
      { type: 'text/xml', start: '<r>', boundary: 'a b;c', charset: 'UTF-8' },
    ],
    ['text/xml;charset=a;charset=b', 'text/xml', { charset: 'a' }],
    ['text/xml;;;', 'text/xml', {}],
    [String.raw`a/b;c="d\"e"`, 'a/b', { c: 'd"e' }],
  ];
  it.each(cases.map(([text, essence, parameters]) => ({ text, essence, parameters })))(
    '$text',
    ({ text, essence, parameters }) => {
      expect(parseMediaType(text)).toEqual(essence === null ? null : { essence, parameters });
    },
  );
});
