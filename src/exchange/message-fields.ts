import { InvalidCallError } from './invalid-call.ts';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The message log of a Security Server keeps 255 characters of an id; 64 visible ones survive every tool around it. */
const MESSAGE_ID_LENGTH = 64;

/** The id as given. Never empty: an empty one is accepted on the way out and makes the answer unreadable. */
export function requireMessageId(id: string): string {
  if (id.length > MESSAGE_ID_LENGTH || !VISIBLE_ASCII.test(id)) throw new InvalidCallError('messageId');
  return id;
}

/** The text as given, when it can stand in an HTTP header and in an XML element alike. */
export function requirePrintable(field: string, text: string): string {
  if (text.length > 255 || !PRINTABLE_ASCII.test(text)) throw new InvalidCallError(field);
  return text;
}
