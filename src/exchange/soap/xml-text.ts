import { decodeText } from '../decode-text.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';

const DECLARED_ENCODING = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/**
 * Text of an XML document. The charset of the transport prevails over the XML declaration, as XML's own rules have
 * it. Only bytes labelled UTF-8 that are not UTF-8 are read as they declare themselves: a Security Server labels its
 * answers UTF-8 even where the registry behind it writes ISO-8859-1 and says so in the document.
 */
export function xmlText(bytes: Uint8Array, transportCharset: string | undefined): string {
  if (transportCharset === undefined || transportCharset === '') return decodeText(bytes, declaredEncoding(bytes));
  try {
    return decodeText(bytes, transportCharset);
  } catch (error) {
    const labelled = error instanceof UnreadableAnswerError && /^utf-?8$/i.test(transportCharset);
    const declared = declaredEncoding(bytes);
    if (!labelled || declared === undefined) throw error;
    return decodeText(bytes, declared);
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString('latin1');
  return DECLARED_ENCODING.exec(start)?.[1];
}
