/** What a notice of non-delivery says (RFC 3464): which mail, and the status of its delivery. */
export interface Bounce {
  readonly messageId: string;
  /** Enhanced status, `5.1.1`; `5.0.0` where the notice gives none. */
  readonly status: string;
}

/**
 * Reads a mail that came back. Null when it is no notice of non-delivery, or does not quote the mail it is about. Only
 * the identifier and the status are taken: the rest of such a mail was written by whoever sent it.
 */
export function readBounce(raw: string): Bounce | null {
  const text = raw.replace(/\r?\n[ \t]+/g, ' ');
  if (!/^content-type:\s*multipart\/report\b/im.test(text)) return null;
  const action = /^action:\s*(\S+)/im.exec(text)?.[1]?.toLowerCase();
  if (action !== 'failed') return null; // delayed, relayed or delivered: nothing came back for good
  // The last identifier in a notice is that of the mail it returns; the first is its own.
  const messageId = [...text.matchAll(/^message-id:\s*<([^<>\s]+)>/gim)].at(-1)?.[1];
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(text)?.[1] ?? '5.0.0';
  return messageId === undefined ? null : { messageId, status };
}
