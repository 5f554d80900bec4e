import { describe, expect, it } from '@jest/globals';
import type { CallResult, MessageTrace } from '../../src/domain/partner-call.ts';
import type { Times } from '../../src/domain/times.ts';
import { setback } from '../../src/pipeline/retry-pause.ts';

const times = {
  firstPauseMs: 60_000,
  longestPauseMs: 3_600_000,
  routePauseMs: 300_000,
} as Times;

type Failed = Exclude<CallResult<unknown>, { kind: 'answer' | 'refusal' }>;
type NotProcessed = Extract<Failed, { kind: 'not-processed' }>;

const trace = (securityServer: string | null): MessageTrace => ({
  messageId: 'm',
  destination: 'sigicmu',
  securityServer,
  startedAt: '',
  endedAt: '',
  httpStatus: null,
  requestId: null,
  requestHash: null,
  errorDetailId: null,
});

const sent = (failure: NotProcessed['failure'], retryAfterMs?: number): Failed => ({
  kind: 'not-processed',
  failure,
  code: 'x',
  trace: trace('ss1:8443'),
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

const heldBack = (failure: NotProcessed['failure'], retryAfterMs?: number): Failed => ({
  ...(sent(failure, retryAfterMs) as NotProcessed),
  trace: trace(null),
});

const pause = (result: Failed, tries: number, random = 0.5) => setback(result, tries, times, () => random);

describe('the pause after a call without an answer', () => {
  it('doubles its bound with every try that really left, up to the longest', () => {
    expect(pause(sent('transient'), 0)).toEqual({ pauseMs: 30_000, tries: 1 });
    expect(pause(sent('transient'), 3)).toEqual({ pauseMs: 240_000, tries: 4 });
    expect(pause(sent('transient'), 50, 0.99)).toEqual({ pauseMs: 3_564_000, tries: 51 });
    expect(pause({ kind: 'unknown', code: 'x', trace: trace('ss1:8443') }, 1)).toEqual({ pauseMs: 60_000, tries: 2 });
  });

  it('is at least what the partner asked for', () => {
    expect(pause(sent('transient', 120_000), 0)).toEqual({ pauseMs: 120_000, tries: 1 });
  });

  it('burns no try when the route is at fault', () => {
    expect(pause(sent('route'), 2)).toEqual({ pauseMs: 300_000, tries: 2 });
  });

  it('lasts until a closed destination opens, and a little, differently for each', () => {
    expect(pause(heldBack('route', 8 * 3_600_000), 0, 0)).toEqual({ pauseMs: 28_800_000, tries: 0 });
    expect(pause(heldBack('route', 8 * 3_600_000), 0, 0.5)).toEqual({ pauseMs: 28_830_000, tries: 0 });
  });

  it('burns no try when the call never left', () => {
    expect(pause(heldBack('transient', 20_000), 4)).toEqual({ pauseMs: 50_000, tries: 4 });
    expect(pause(heldBack('transient'), 4)).toEqual({ pauseMs: 300_000, tries: 4 });
  });
});
