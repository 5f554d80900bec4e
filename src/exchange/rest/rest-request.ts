import type { CallContext } from '../../domain/partner-call.ts';
import type { Caller } from '../caller.ts';
import type { RestCall } from '../exchange-client.ts';
import { InvalidCallError } from '../invalid-call.ts';
import { requireMessageId, requirePrintable } from '../message-fields.ts';
import type { WireRequest } from '../transport/wire.ts';
import { sentClient, sentService } from './sent-identifier.ts';

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Printable ASCII: a Security Server hashes the header as it received it, so that no charset may be in doubt.
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;
// Visible ASCII without `#`, which would cut the path off.
const RAW_PATH = /^[/?][\x21\x22\x24-\x7e]*$/;
// Framing belongs to the transport, the X-Road headers to the protocol. Accept decides how a Security Server words its
// errors, and must not name XML.
const RESERVED_HEADER = /^(x-road-|accept$|connection$|content-length$|expect$|host$|transfer-encoding$|upgrade$)/i;

/** A REST call as it goes on the wire. Throws `InvalidCallError` when it cannot be written faithfully. */
export function restRequest(call: RestCall, context: CallContext, caller: Caller): WireRequest {
  if (call.path !== '' && !RAW_PATH.test(call.path)) throw new InvalidCallError('path is not percent-encoded');
  const headers: Record<string, string> = {
    'X-Road-Client': sentClient(caller.client).encoded,
    'X-Road-Id': requireMessageId(context.messageId),
    'X-Road-UserId': requirePrintable('userId', caller.userId),
  };
  const issue = requirePrintable('issue', context.issue);
  // An empty header and an absent one are the same to a person and not to every server on the way.
  if (issue !== '') headers['X-Road-Issue'] = issue;
  headers['Accept'] = 'application/json';
  if (call.body !== undefined) headers['Content-Type'] = 'application/json; charset=utf-8';
  for (const [name, value] of Object.entries(call.headers ?? {})) addServiceHeader(headers, name, value);
  return {
    method: call.method,
    path: `/r1/${sentService(call.service).encoded}${call.path}`,
    headers,
    body: call.body === undefined ? null : Buffer.from(call.body, 'utf8'),
  };
}

function addServiceHeader(headers: Record<string, string>, name: string, value: string): void {
  if (!HEADER_NAME.test(name) || RESERVED_HEADER.test(name)) throw new InvalidCallError('header name not allowed');
  if (!HEADER_VALUE.test(value)) throw new InvalidCallError('header value outside printable ASCII');
  headers[name] = value;
}
