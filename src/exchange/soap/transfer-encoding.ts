import { UnreadableAnswerError } from '../unreadable-answer.ts';

/**
 * Undoes a `Content-Transfer-Encoding`; absent means none. Throws `UnreadableAnswerError` on an unknown encoding and
 * on content that is not in it: Node's own decoder skips what is no base64 in silence.
 */
export function decodeTransferEncoding(content: Buffer, encoding: string | undefined): Buffer {
  switch ((encoding ?? 'binary').toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return content;
    case 'base64':
      return decodeBase64(content.toString('latin1').replace(/\s+/g, ''));
    case 'quoted-printable':
      return decodeQuotedPrintable(content.toString('latin1'));
    default:
      throw new UnreadableAnswerError('mime');
  }
}

function decodeBase64(text: string): Buffer {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new UnreadableAnswerError('mime');
  return Buffer.from(text, 'base64');
}

function decodeQuotedPrintable(text: string): Buffer {
  const joined = text.replace(/=[ \t]*\r?\n/g, '');
  if (/=(?![0-9A-Fa-f]{2})/.test(joined)) throw new UnreadableAnswerError('mime');
  const decoded = joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
