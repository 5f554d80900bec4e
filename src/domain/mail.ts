/** A file that goes with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** A mail before it is written as a message. Addresses are bare: `nom@domaine`. */
export interface MailDraft {
  /** Without angle brackets; the same mail keeps it over all tries. */
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  /** Instant of writing, ISO 8601. */
  readonly date: string;
}

/** Writes a draft as an internet message (RFC 5322, multipart), ready to be sent or kept as `.eml`. */
export type ComposeMail = (draft: MailDraft) => Promise<Buffer>;

/**
 * What became of a try. `refused`: the relay will not take this mail for this recipient. `later`: it certainly was not
 * taken, and may be tried again. `unknown`: it may have been taken; sending it again may deliver it twice.
 * `answer` is a status or an error code, never text.
 */
export interface MailOutcome {
  readonly kind: 'sent' | 'refused' | 'later' | 'unknown';
  readonly answer: string;
}

/** A mail relay. */
export interface MailRelay {
  send(raw: Buffer, envelope: { readonly from: string; readonly to: string }): Promise<MailOutcome>;
  close(): void;
}
