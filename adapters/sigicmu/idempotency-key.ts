/**
 * `Idempotency-Key` is a structured-field string (RFC 9651 § 3.3.3): quoted, with `"` and `\` escaped. It holds ASCII
 * alone; a key with another character is refused by the exchange as a message that cannot be sent, never altered.
 */
export function idempotencyKeyHeader(businessKey: string): Readonly<Record<string, string>> {
  return { 'Idempotency-Key': `"${businessKey.replace(/["\\]/g, '\\$&')}"` };
}
