import type { RnuBatch } from '../../src/domain/partners.ts';
import { requiredDay, requiredInteger, requiredObjects, requiredText } from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

/** The batches of a list. Throws `UnusableAnswerError`. */
export function readBatches(body: JsonObject): readonly RnuBatch[] {
  return requiredObjects(body, 'lots').map((batch) => ({
    batchNumber: requiredText(batch, 'numeroLot'),
    extractedOn: requiredDay(batch, 'dateExtraction'),
    households: count(batch, 'menages'),
    people: count(batch, 'personnes'),
  }));
}

function count(batch: JsonObject, member: string): number {
  const value = requiredInteger(batch, member);
  if (value < 0) throw new UnusableAnswerError('PAYLOAD_INVALID', member);
  return value;
}
