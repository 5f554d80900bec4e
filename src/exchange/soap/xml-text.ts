import { decodeText } from '../decode-text.ts';

const DECLARED_ENCODING = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/**
 * Text of an XML document. The charset of the transport prevails over the XML declaration, as XML's own rules have
 * it; registries on older stacks declare ISO-8859-1 in the declaration only.
 */
export function xmlText(bytes: Uint8Array, transportCharset: string | undefined): string {
  if (transportCharset !== undefined && transportCharset !== '') return decodeText(bytes, transportCharset);
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString('latin1');
  return decodeText(bytes, DECLARED_ENCODING.exec(start)?.[1]);
}
