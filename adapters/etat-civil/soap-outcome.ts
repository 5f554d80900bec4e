import type { CallResult, MessageTrace } from '../../src/domain/partner-call.ts';
import type { BirthRecord } from '../../src/domain/partners.ts';
import type { SoapAnswer } from '../../src/exchange/exchange-client.ts';
import { childNamed, childrenNamed } from '../../src/exchange/xml-element.ts';
import type { XmlElement } from '../../src/exchange/xml-element.ts';
import { readBirthRecord } from './read-birth-record.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

/** The contract's bound; more is answered with `EC-413`. */
const MOST_ACTS = 20;

/** Makes one of the four ends of the registry's answer; the evidence of the exchange goes with it. */
export function soapOutcome(result: CallResult<SoapAnswer>): CallResult<readonly BirthRecord[]> {
  if (result.kind !== 'answer') return result;
  const { value: answer, trace } = result;
  if (answer.serviceFault !== null) {
    // Relayed unsigned: it proves nothing, not even that it is the registry's.
    return { kind: 'unknown', code: faultCode(answer.serviceFault.detail), trace };
  }
  try {
    return responseOutcome(answer.body, trace);
  } catch (error) {
    if (error instanceof UnusableAnswerError) return { kind: 'unknown', code: error.code, trace };
    throw error;
  }
}

function faultCode(detail: XmlElement | null): string {
  const isTechnical = detail?.children.some((error) => childNamed(error, 'code')?.text.trim() === 'EC-500');
  return isTechnical === true ? 'EC-500' : 'SERVICE_FAULT';
}

function responseOutcome(body: XmlElement | null, trace: MessageTrace): CallResult<readonly BirthRecord[]> {
  const [response, ...others] = body === null ? [] : childrenNamed(body, 'response');
  if (response === undefined || others.length > 0) throw new UnusableAnswerError('PAYLOAD_INVALID', 'response');
  const acts = childrenNamed(response, 'acte');
  const fault = childrenNamed(response, 'faultCode');
  const [code] = fault;
  if (code !== undefined) {
    if (acts.length > 0 || fault.length > 1) throw new UnusableAnswerError('PAYLOAD_INVALID', 'faultCode');
    return businessOutcome(code.text.trim(), trace);
  }
  if (acts.length === 0 || acts.length > MOST_ACTS) throw new UnusableAnswerError('PAYLOAD_INVALID', 'acte');
  return { kind: 'answer', value: acts.map(readBirthRecord), trace };
}

/** Errors that are no faults: the registry has looked, and this is what it says. */
function businessOutcome(code: string, trace: MessageTrace): CallResult<readonly BirthRecord[]> {
  if (code === 'EC-404') return { kind: 'answer', value: [], trace };
  if (code === 'EC-413') return { kind: 'refusal', code: 'too-many-candidates', trace };
  return { kind: 'unknown', code: 'FAULT_CODE_UNKNOWN', trace };
}
