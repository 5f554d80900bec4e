import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { classifyServiceStatus, classifyUnrecognisedRefusal, retryAfterMs } from '../../src/exchange/service-status.ts';
import type { ServiceStatus } from '../../src/exchange/service-status.ts';

const inOneWord = (status: ServiceStatus): string => (typeof status === 'string' ? status : status.failure);

describe("a service's own status", () => {
  const cases: readonly (readonly [status: number, read: string, write: string])[] = [
    [200, 'ok', 'ok'],
    [201, 'ok', 'ok'],
    [204, 'ok', 'ok'],
    [299, 'ok', 'ok'],
    [301, 'route', 'route'],
    [302, 'route', 'route'],
    [307, 'route', 'route'],
    [400, 'message', 'message'],
    [401, 'route', 'route'],
    [402, 'unknown', 'unknown'],
    [403, 'route', 'route'],
    [404, 'refusal-read-body', 'refusal-read-body'],
    [405, 'route', 'route'],
    [408, 'transient', 'transient'],
    [409, 'refusal-read-body', 'refusal-read-body'],
    [412, 'refusal-read-body', 'refusal-read-body'],
    [422, 'message', 'message'],
    [425, 'transient', 'transient'],
    [429, 'transient', 'transient'],
    [451, 'unknown', 'unknown'],
    [500, 'unknown', 'unknown'],
    [502, 'unknown', 'unknown'],
    [503, 'transient', 'unknown'],
    [504, 'unknown', 'unknown'],
    [599, 'unknown', 'unknown'],
    [999, 'unknown', 'unknown'],
  ];
  it.each(cases)('%i is %s for a read, %s for a write', (status, read, write) => {
    expect(inOneWord(classifyServiceStatus(status, 'read'))).toBe(read);
    expect(inOneWord(classifyServiceStatus(status, 'write'))).toBe(write);
  });

  it('names itself in the code', () => {
    expect(classifyServiceStatus(429, 'read')).toEqual({ failure: 'transient', code: 'service-status-429' });
  });

  it('is never a business answer once the body has told nothing', () => {
    expect(inOneWord(classifyUnrecognisedRefusal(404))).toBe('route');
    expect(inOneWord(classifyUnrecognisedRefusal(409))).toBe('unknown');
    expect(inOneWord(classifyUnrecognisedRefusal(412))).toBe('unknown');
  });
});

it('is documented as it is', () => {
  const page = readFileSync(new URL('../../docs/exchange-errors.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (\d{3})(?:–(\d{3}))? \| (\w+) \| (\w+) \|$/gm)];
  const documented = (status: number): readonly string[] => {
    const row = rows.find(([, first, last]) => status >= Number(first) && status <= Number(last ?? first));
    return row?.slice(3, 5) ?? ['unknown', 'unknown'];
  };
  const actual = (status: number): readonly string[] =>
    (['read', 'write'] as const).map((operation) =>
      inOneWord(classifyServiceStatus(status, operation)).replace('refusal-read-body', 'body'),
    );
  for (let status = 200; status < 600; status++)
    expect([status, ...documented(status)]).toEqual([status, ...actual(status)]);
});

describe('Retry-After', () => {
  const now = new Date('2026-11-21T02:00:00Z');
  const cases: readonly (readonly [header: string | undefined, expected: number | undefined])[] = [
    [undefined, undefined],
    ['', undefined],
    ['bientôt', undefined],
    ['-1', undefined],
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['999999999', 86_400_000],
    ['Sat, 21 Nov 2026 02:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 01:00:00 GMT', 0],
  ];
  it.each(cases.map(([header, expected]) => ({ header, expected })))('$header', ({ header, expected }) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
