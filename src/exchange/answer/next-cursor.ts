import { optionalText } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import { UnusableAnswerError } from './unusable-answer.ts';

/**
 * The cursor in `suivant`; null at the end of the list. Throws `UnusableAnswerError` on a blank one, which is neither an
 * end nor a page, and on the cursor that was asked for: a page that follows itself would be fetched for ever.
 */
export function nextCursor(body: JsonObject, asked: string | null): string | null {
  const next = optionalText(body, 'suivant');
  const isBlank = next === null && typeof body['suivant'] === 'string';
  if (isBlank || (next !== null && next === asked)) throw new UnusableAnswerError('PAYLOAD_INVALID', 'suivant');
  return next;
}
