import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readFaultRules } from '../../fixtures/sandbox/faults/read-fault-rules.ts';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { register, rest, SIGICMU } from './wire.ts';

const FOLDER = 'fixtures/sandbox/nights';
const night = (name: string): readonly FaultRule[] => readFaultRules(readFileSync(`${FOLDER}/${name}`, 'utf8'));

const PEOPLE = 120;
const person = (number: number): Record<string, unknown> =>
  registration({
    reference: `PNBSF-2026:SN-1/${number}`,
    referencePersonne: `SN-1/${number}`,
    nom: `N${number}`,
    numeroPiece: null,
    typePiece: null,
  });

/** True when the sandbox itself says: registered. Anything doubtful is not an answer. */
async function tryOnce(url: string, number: number): Promise<boolean> {
  try {
    const answer = await register(url, person(number));
    return answer.status < 300 && /^[A-Z]/.test(answer.json.codeImmatriculation);
  } catch {
    return false;
  }
}

async function isThere(url: string, number: number): Promise<boolean> {
  for (;;) {
    try {
      const reference = person(number)['reference'];
      const answer = await rest(url, `${SIGICMU}/v1/adhesions/recherche`, { reference });
      if (answer.status === 404 && answer.json.code === 'DEMANDE_INCONNUE') return false;
      if (answer.status === 200 && answer.json.codeImmatriculation.length > 0) return true;
    } catch {
      continue;
    }
  }
}

async function careful(url: string, number: number): Promise<void> {
  while (!(await tryOnce(url, number))) if (await isThere(url, number)) return;
}

async function blind(url: string, number: number): Promise<void> {
  while (!(await tryOnce(url, number)));
}

async function registeredTimes(
  options: Partial<SandboxOptions>,
  client: (url: string, number: number) => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const sandbox: Sandbox = await startSandbox({ registries: smallCountry, seed: 5, ...options });
  for (let start = 0; start < PEOPLE; start += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => client(sandbox.url, start + index)));
  await sandbox.stop();
  const times = new Map<string, number>();
  for (const { person: reference } of sandbox.ledger()) times.set(reference, (times.get(reference) ?? 0) + 1);
  return times;
}

describe('nights ready to use', () => {
  it.each(readdirSync(FOLDER))('%s can be used', (name) => {
    expect(night(name).length).toBeGreaterThan(0);
  });

  const withoutEndlessWaits = night('hard.json').map((rule) =>
    rule.fault.kind === 'transport' && rule.fault.failure === 'never-answer'
      ? { ...rule, fault: { ...rule.fault, durationMs: 50 } }
      : rule,
  );

  it('register everybody once when the insurer knows keys and the client looks before it sends again', async () => {
    const times = await registeredTimes({ faults: withoutEndlessWaits }, careful);
    expect([times.size, Math.max(...times.values())]).toEqual([PEOPLE, 1]);
  });

  it('show in the ledger what blind repetition does where keys are unknown', async () => {
    const capabilities = { idempotencyKey: false };
    const times = await registeredTimes({ faults: withoutEndlessWaits, capabilities }, blind);
    expect(times.size).toBe(PEOPLE);
    expect(Math.max(...times.values())).toBeGreaterThan(1);
  });
});
