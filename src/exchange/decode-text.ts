import { TextDecoder } from 'node:util';
import { UnreadableAnswerError } from './unreadable-answer.ts';

// TextDecoder takes ISO-8859-1 for Windows-1252, as browsers do; registries that write é as 0xE9 agree with both.
const decoders = new Map<string, TextDecoder>();

/**
 * Text of bytes: the byte order mark decides, then the charset given, then UTF-8. Throws `UnreadableAnswerError` when
 * the charset is unknown or the bytes are not in it; a replacement character in a name would be a silent lie.
 */
export function decodeText(bytes: Uint8Array, charset: string | null | undefined): string {
  try {
    const named = charset === undefined || charset === null || charset === '' ? 'utf-8' : charset;
    return decoderFor(byteOrderMark(bytes) ?? named).decode(bytes);
  } catch {
    throw new UnreadableAnswerError('charset');
  }
}

function decoderFor(charset: string): TextDecoder {
  const label = charset.trim().toLowerCase();
  const known = decoders.get(label);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(label, { fatal: true });
  // Labels come off the wire: an endless variety of them must not fill the memory.
  if (decoders.size < 32) decoders.set(label, decoder);
  return decoder;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}
