import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ODDITIES, TRANSPORT_FAILURES } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { FaultRulesError, readFaultRules } from '../../fixtures/sandbox/faults/read-fault-rules.ts';
import { REST_ODDITIES } from '../../fixtures/sandbox/faults/rest-oddity.ts';
import { SOAP_ODDITIES } from '../../fixtures/sandbox/faults/soap-oddity.ts';
import { startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { smallCountry } from './small-country.ts';

const rule = {
  service: 'sigicmu',
  rate: 0.1,
  when: 'before',
  fault: { kind: 'xroad-error', code: 'Server.ServerProxy.IOError', message: null },
};

const problems = (content: unknown): readonly string[] => {
  try {
    readFaultRules(JSON.stringify(content));
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(FaultRulesError);
    return (error as FaultRulesError).problems;
  }
};
const wrong = (change: object): readonly string[] => problems({ rules: [{ ...rule, ...change }] });

describe('fault rules', () => {
  it('are read from JSON', () => {
    expect(readFaultRules(JSON.stringify({ rules: [rule] }))).toEqual([rule]);
    for (const text of ['{', '[]', '{"rules":{}}']) expect(() => readFaultRules(text)).toThrow(FaultRulesError);
  });

  it('are all criticised at once, each by its place', () => {
    const other = { ...rule, fault: { kind: 'transport', failure: 'explode' }, rat: 1 };
    expect(problems({ rules: [{ ...rule, service: 'daf', rate: 2 }, other] })).toEqual([
      'rules[0].service: one of rnu, cni, etat-civil, sigicmu, * is needed',
      'rules[0].rate: a number from 0 to 1 is needed',
      'rules[1].rat: unknown member',
      `rules[1].fault.failure: one of ${TRANSPORT_FAILURES.join(', ')} is needed`,
    ]);
  });

  it.each([
    [{ when: 'during' }, 'when: before or after is needed'],
    [{ attempts: 0 }, 'attempts: first, all or a number from 1 is needed'],
    [{ fault: { kind: 'x' } }, 'fault.kind: one of'],
    [{ fault: { kind: 'xroad-error', code: 'oops' } }, 'fault.code: an X-Road error code is needed'],
    [{ fault: { kind: 'service-status', status: 42 } }, 'fault.status: an HTTP status is needed'],
    [{ fault: { kind: 'oddity', oddity: 'not-json' } }, 'when: after is needed for oddity'],
    [{ when: 'after', fault: { kind: 'oddity', oddity: 'cdata' } }, 'no such oddity'],
    [{ fault: { kind: 'late-effect', delayMs: 1, answer: 'close' } }, 'when: after is needed for late-effect'],
  ])('refuses %j', (change, problem) => {
    const found = wrong(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  it('are checked before a sandbox starts', async () => {
    const faults = [{ ...rule, rate: 7 }] as never;
    await expect(startSandbox({ registries: smallCountry, seed: 1, faults })).rejects.toBeInstanceOf(FaultRulesError);
  });

  it('are described by the published schema, fault by fault', () => {
    const schema = JSON.parse(readFileSync('docs/faults.schema.json', 'utf8')) as {
      $defs: Record<string, { properties: Record<string, { enum?: string[] }> }>;
    };
    expect(schema.$defs['transport']?.properties['failure']?.enum).toEqual(TRANSPORT_FAILURES);
    expect(schema.$defs['oddity']?.properties['oddity']?.enum).toEqual(ODDITIES);
    expect(new Set([...REST_ODDITIES, ...SOAP_ODDITIES])).toEqual(new Set(ODDITIES));
  });
});
