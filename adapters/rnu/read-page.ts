import type { RnuPage } from '../../src/domain/partners.ts';
import { optionalText, requiredObjects } from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { nextCursor } from '../../src/exchange/answer/next-cursor.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

const FIELD_NAME = /^[A-Za-z]\w*$/;

/**
 * A page of members. Throws `UnusableAnswerError`. A member without its required fields stays in the page: intake
 * counts it as an unreadable line, so that the sums of the batch hold.
 */
export function readPage(body: JsonObject, cursor: string | null): RnuPage {
  return { records: requiredObjects(body, 'membres').map(readRecord), next: nextCursor(body, cursor) };
}

/** All values are text: a number would have lost its leading zeros before it got here. Absent ones are left out. */
function readRecord(member: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(member).flatMap((name) => {
      if (!FIELD_NAME.test(name)) throw new UnusableAnswerError('PAYLOAD_INVALID', 'membres');
      const value = optionalText(member, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
