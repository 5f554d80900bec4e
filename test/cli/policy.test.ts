import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../src/cli/command.ts';
import { policy } from '../../src/cli/commands/policy.ts';
import type { PolicyCheck } from '../../src/cli/policy/check-policy.ts';
import type { LearnResult } from '../../src/cli/policy/learn-text.ts';
import { POLICY_KINDS } from '../../src/cli/policy/policy-kinds.ts';
import type { ReplayResult } from '../../src/cli/policy/replay-result.ts';
import { confirmPerson } from '../../src/pipeline/review/confirm-person.ts';
import { openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const formerEnvironment = { ...process.env };
let folder: string;
let installation: Installation;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
  const moussa = villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
  const awa = villager({
    ...{ household: 'SN-0001', number: 2, givenNames: 'Awa', familyName: 'NDIAYE', sex: 'F' },
    card: { familyName: 'SARR' },
  });
  installation = await openInstallation({ village: village([moussa, awa]) });
  run = (await night(installation)).run;
  Object.assign(process.env, installation.environment);
});
afterAll(async () => {
  process.env = formerEnvironment;
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

const call = (...words: string[]): Promise<CommandResult> => runCommand(policy, words);

/** A shipped file with some of its text replaced. */
async function candidate(path: string, from: string | RegExp, to: string): Promise<string> {
  const text = await readFile(join('config', path), 'utf8');
  expect(text).toMatch(from);
  const file = join(folder, `${Math.random()}.json`);
  await writeFile(file, text.replace(from, to));
  return file;
}

describe('policy check', () => {
  it.each(POLICY_KINDS.map(({ kind, path }) => [path, kind] as const))(
    'recognises %s, explains every member, and finds nothing unusual',
    async (path, kind) => {
      const { status, json } = await call('check', join('config', path), '--json');
      const check = json as PolicyCheck;
      expect({ status, ...check, sections: check.sections.length > 0 }).toMatchObject({
        ...{ status: 0, kind, valid: true, faults: [], warnings: [], sections: true },
      });
    },
  );

  it.each([
    ['policy.json', /"adultAge": 18/, '"adultAge": "dix-huit"', 'adultAge'],
    ['policy.json', /"contribution": 0/, '"contribution": 500', 'gratuit'],
    ['names/identity-rule.json', /"nearYears": \d+/, '"nearYears": -1', 'nearYears'],
    ['names/identity-weights.json', /"marginBits": \d+/, '"marginBits": "5"', 'marginBits'],
    ['names/linkage-policy.json', /"matchStrength": \d+/, '"matchStrength": null', 'matchStrength'],
    ['names/duplicate-policy.json', /"linkFrom": [\d.]+/, '"linkFrom": 7', 'linkFrom'],
  ])('names what is wrong in %s: %s', async (path, from, to, named) => {
    const { status, text } = await call('check', await candidate(path, from, to));
    expect(status).toBe(1);
    expect(text).toContain('INUTILISABLE');
    expect(text).toMatch(new RegExp(`✗ .*${named}`));
  });

  it('warns of what is allowed and dangerous, and of members nobody reads', async () => {
    const low = await candidate('names/identity-weights.json', /"autoFrom": 0\.99 /, '"autoFrom": 0.8 ');
    expect((await call('check', low)).text).toMatch(/! routes\.[\w-]+\.autoFrom : plus d’une confirmation sur dix/);
    const slip = await candidate('policy.json', '"version"', '"adulteAge": 18, "version"');
    const { status, text } = await call('check', slip);
    expect(status).toBe(0);
    expect(text).toContain('! adulteAge : membre inconnu');
  });

  it.each(['{"a": 1}', '[]', 'null', '{', ''])('« %s » is no rule file', async (text) => {
    const file = join(folder, 'other.json');
    await writeFile(file, text);
    expect(await call('check', file)).toMatchObject({ status: 1 });
  });
});

describe('policy replay', () => {
  it('under the run’s own rules moves nobody', async () => {
    const { status, json, text } = { ...(await call('replay', '--run', run, '--json')) };
    expect({ status, figures: (json as ReplayResult).figures, text }).toMatchObject({
      status: 0,
      figures: { people: 2, replayed: 2, unchanged: 2, moved: 0, otherReasons: 0, otherCertificate: 0, unasked: 0 },
    });
    expect((await call('replay', '--run', run)).text).toContain('Personne ne bougerait.');
  });

  it('lists who would move, without names', async () => {
    const file = await candidate('policy.json', /"maximumAge": \d+/, '"maximumAge": 30');
    const out = join(folder, 'bougeraient.csv');
    const { json } = await call('replay', file, '--run', run, '--out', out, '--json');
    expect((json as ReplayResult).figures.transitions).toEqual([{ from: 'confirmed', to: 'needs-review', people: 1 }]);
    const csv = await readFile(out, 'utf8');
    expect(csv.startsWith('\ufeff"Référence";')).toBe(true);
    expect(csv).toContain('"SN-0001/1";"résultat";"Identité confirmée"');
    expect(csv).not.toMatch(/Moussa|NDIAYE/);
  });

  it('refuses a file that cannot be used, or that decides of nobody in a run', async () => {
    const wrong = await candidate('policy.json', /"contribution": 0/, '"contribution": 1');
    expect(await call('replay', wrong, '--run', run)).toMatchObject({ status: 1 });
    await expect(call('replay', 'config/names/linkage-policy.json', '--run', run)).rejects.toThrow(
      'ne décide de personne',
    );
    await expect(call('replay', 'config/policy.json', '--run', '999')).rejects.toThrow('inconnue');
    await expect((async () => call('replay', 'config/policy.json'))()).rejects.toThrow(UsageError);
  });
});

describe('policy show', () => {
  it('gives a rule file back as it was in force', async () => {
    const { text } = await call('show');
    expect(text).toContain(installation.context.ruleSet);
    const shown = await call('show', installation.context.ruleSet, '--file', 'policy.json');
    expect(`${shown.text}\n`).toBe(await readFile('config/policy.json', 'utf8'));
    expect(await call('show', 'ffff')).toMatchObject({ status: 1 });
    await expect((async () => call('show', '../etc'))()).rejects.toThrow(UsageError);
  });
});

describe('policy learn', () => {
  it('refuses to learn from too few decisions', async () => {
    const { status, text } = await call('learn', '--all', '--out', join(folder, 'never.json'));
    expect(status).toBe(1);
    expect(text).toContain('Trop peu');
    await expect(readFile(join(folder, 'never.json'))).rejects.toThrow('ENOENT');
    await expect((async () => call('learn'))()).rejects.toThrow(UsageError);
  });

  it('offers the shares that a reviewer’s decisions make, and puts nothing in force', async () => {
    const context = { ...installation.context, today: RUN_DATE };
    await confirmPerson(context, {
      ...{ person: 'SN-0001/2', record: '1', distinctFrom: [], renews: null },
      ...{ by: 'A. Diop', because: 'carte vue' },
    });
    const out = join(folder, 'learned.json');
    const { status, json } = await call('learn', '--all', '--min', '1', '--strength', '10', '--out', out, '--json');
    const { ofPeople, ofMachine, levels } = json as LearnResult;
    expect({ status, ofPeople, ofMachine }).toEqual({ status: 0, ofPeople: 1, ofMachine: 1 });
    // Of two confirmed people one has a family name that is not exactly the same.
    const exact = levels.find(({ table, level }) => table === 'family-name' && level === 'exact')!;
    expect(exact.same).toBe(1);
    expect(exact.after).toBeCloseTo((10 * exact.before + 1) / 12, 9);
    expect(await call('check', out)).toMatchObject({ status: 0 });
    expect((JSON.parse(await readFile(out, 'utf8')) as { version: string }).version).toMatch(/\+1$/);
    expect((await call('replay', out, '--run', run)).status).toBe(0);
    expect((await call('show')).text.split('\n')).toHaveLength(1);
  });
});
