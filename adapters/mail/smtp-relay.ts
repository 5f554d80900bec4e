import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { MailOutcome, MailRelay } from '../../src/domain/mail.ts';

export interface SmtpSettings {
  /** `smtp://[user:password@]host[:port]`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** Whether a relay that offers no STARTTLS is refused. */
  readonly requireTls: boolean;
  /** PEM of the authority that signed the relay's certificate; null: those the system trusts. */
  readonly ca: string | null;
  /** For connecting, for the greeting, and between two answers, ms. */
  readonly timeoutMs: number;
}

/** A relay spoken to by SMTP, one connection a mail. */
export function createSmtpRelay({ url, requireTls, ca, timeoutMs }: SmtpSettings): MailRelay {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: requireTls && !secure,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(raw, envelope) {
      // The body is asked for once the relay has agreed to take it: from then on a lost answer proves nothing.
      let begun = false;
      const body = Readable.from(
        (function* () {
          begun = true;
          yield raw;
        })(),
      );
      try {
        const { response } = await transport.sendMail({ envelope: { ...envelope }, raw: body });
        return { kind: 'sent', answer: statusOf(response) };
      } catch (error) {
        return failure(error as SmtpError, begun);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** What the relay says of this mail or its recipient; what it says of us (password, encryption) can be put right. */
const ABOUT_THE_MAIL: readonly string[] = ['EENVELOPE', 'EMESSAGE'];

/** A status of the relay is definite: 5xx for good, 4xx for now. Without one it depends on whether the body had left. */
function failure({ code = 'ESMTP', responseCode }: SmtpError, begun: boolean): MailOutcome {
  if (responseCode === undefined) return { kind: begun ? 'unknown' : 'later', answer: code };
  const forGood = responseCode >= 500 && ABOUT_THE_MAIL.includes(code);
  return { kind: forGood ? 'refused' : 'later', answer: String(responseCode) };
}

/** `250 2.0.0` of an answer; what follows names queues and hosts. */
function statusOf(response: string): string {
  return /^\d{3}(?:[ -]\d\.\d+\.\d+)?/.exec(response)?.[0] ?? '250';
}
