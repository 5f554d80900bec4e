import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../../src/cli/command.ts';
import { explain, NobodyFound } from '../../src/cli/commands/explain.ts';
import type { Story } from '../../src/pipeline/explain/story.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { numberOf, village, villager } from '../pipeline/village.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const enrolled = villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
const doubted = villager({
  ...{ household: 'SN-0001', number: 2, givenNames: 'Awa', familyName: 'NDIAYE', sex: 'F' },
  card: { familyName: 'SARR' },
});
const formerEnvironment = { ...process.env };
let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation({ village: village([enrolled, doubted]) });
  await night(installation);
  Object.assign(process.env, installation.environment);
});
afterAll(async () => {
  process.env = formerEnvironment;
  await installation.close();
});

const tell = (...words: string[]): Promise<CommandResult> => runCommand(explain, words);
const story = async (...words: string[]): Promise<Story> => (await tell(...words, '--json')).json as Story;

describe('the story of somebody enrolled', () => {
  it('holds the chain of proof: calls, comparison, rules, registration at no charge', async () => {
    const { person, enrolments, integrity } = await story('SN-0001/1');
    const [one] = enrolments;
    expect(person).toMatchObject({ ref: 'SN-0001/1', birth: '1980-05-12', line: { number: 1, batch: 'LOT-1' } });
    expect(one).toMatchObject({ state: 'enrolled', continuous: true, nextStep: { waitsFor: 'nobody' } });
    const calls = one!.steps.filter(({ step }) => step === 'call');
    expect(calls.map((call) => 'operation' in call && call.operation)).toEqual(
      expect.arrayContaining(['cover', 'id-card', 'register']),
    );
    for (const call of calls)
      expect(call).toMatchObject({
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        requestHash: expect.stringMatching(/.{40,}/),
        outcome: 'answer',
      });
    const decisions = one!.steps.filter(({ step }) => step === 'decision');
    expect(decisions).toMatchObject([
      { from: 'received', to: 'confirmed', decidedBy: 'machine', ruleSet: installation.context.ruleSet },
      { from: 'sending', to: 'enrolled' },
    ]);
    expect(one!.steps.find(({ step }) => step === 'registration')).toMatchObject({ amountPaid: 0, subsidy: 7000 });
    expect(integrity).toMatchObject({ journalIntact: true, protectedTables: true });
  });

  it('shows no number of a paper in full, in neither form', async () => {
    for (const { text, json } of [await tell('SN-0001/1'), await tell('SN-0001/1', '--json')])
      expect(`${text}${JSON.stringify(json)}`).not.toContain(numberOf(enrolled));
    expect((await tell('SN-0001/1')).text).toContain(`•${numberOf(enrolled).slice(-4)}`);
  });
});

describe('the story of somebody who waits', () => {
  it('says why, what to do, who must act and how the two records differ', async () => {
    const { status, text } = await tell('SN-0001/2');
    expect(status).toBe(0);
    const [state] = (await story('SN-0001/2')).enrolments;
    expect(state).toMatchObject({ state: 'needs-review', nextStep: { waitsFor: 'a-person' } });
    for (const { title, remedy } of state!.reasons) {
      expect(text).toContain(title);
      expect(text).toContain(remedy);
    }
    expect(text).toContain('NDIAYE / SARR');
    expect(text).toContain('Un agent doit décider');
    expect(text).toMatch(/message [0-9a-f-]{36}/);
  });
});

describe('a reference', () => {
  it.each(['SN-0001/2', 'sn-0001 / 2', ' sn - 0001/02 ', 'SN-0001 2', 'SN-0001/n°2'])(
    '« %s » is the person',
    async (ref) => {
      expect((await story(ref)).person.ref).toBe('SN-0001/2');
    },
  );

  it('of a household, or of its case, lists the members', async () => {
    const [row] = await installation.rows<{ run: string; id: string }>(
      'select run_id as run, household_id as id from household_work',
    );
    for (const ref of ['sn-0001', `RUN-${row!.run}-M${row!.id}`]) {
      const { text } = await tell(ref);
      expect(text).toContain('SN-0001/1  Moussa NDIAYE : Enrôlé(e)');
      expect(text).toContain('SN-0001/2  Awa NDIAYE : À vérifier');
    }
  });

  it('may be a registration code or the id of a message', async () => {
    const [row] = await installation.rows<{ code: string; message: string }>(
      'select registration_code as code, message_id as message from registration',
    );
    for (const ref of [row!.code, row!.code.toLowerCase(), row!.message.toUpperCase()])
      expect((await story(ref)).person.ref).toBe('SN-0001/1');
  });

  it.each(['SN-0001/3', 'SN-9', 'RUN-1-M999', '%', "'; drop table person"])('« %s » is nobody’s', async (ref) => {
    await expect(tell(ref)).rejects.toThrow(NobodyFound);
  });

  it('must be given, and a day of the past, as such', async () => {
    await expect((async () => tell())()).rejects.toThrow(UsageError);
    await expect((async () => tell('SN-0001/1', '--on', '2026-02-30'))()).rejects.toThrow(UsageError);
    await expect(tell('SN-0001/1', '--on', '2999-01-01')).rejects.toThrow(UsageError);
    await expect(tell('SN-0001/1', '--on', '2020-03-12')).rejects.toThrow('Aucun lot reçu');
  });
});

describe('who looked', () => {
  it('is in the journal before anything is shown, and told to the next', async () => {
    const before = (await story('SN-0001/2')).consultations.count;
    await tell('SN-0001/2', '--by', 'A. Diop');
    const { count, latest } = (await story('SN-0001/2')).consultations;
    expect({ count, by: latest[0]!.by }).toEqual({ count: before + 2, by: 'A. Diop' });
    await expect(tell('SN-0001/9', '--by', 'A. Diop')).rejects.toThrow(NobodyFound);
  });
});

describe('a file that was tampered with', () => {
  it('is told apart: a decision is missing', async () => {
    await installation.rows('alter table decision disable trigger decision_append_only');
    await installation.rows(
      `delete from decision d using enrolment e, person p
        where e.id = d.enrolment_id and p.id = e.person_id and p.ref = 'SN-0001/1' and d.to_state = 'confirmed'`,
    );
    const { text } = await tell('SN-0001/1');
    expect(text).toContain('une décision manque');
    expect(text).toContain('ALERTE — la protection');
    await installation.rows('alter table decision enable trigger decision_append_only');
  });
});

describe('the JSON of a story', () => {
  it('has exactly the members that docs/explain.md describes', async () => {
    const page = await readFile('docs/explain.md', 'utf8');
    const [, table = ''] = /<!-- story -->([\s\S]*?)<!-- \/story -->/.exec(page) ?? [];
    const described = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path = '']) => path);
    const found = new Set<string>();
    for (const ref of ['SN-0001/1', 'SN-0001/2']) collect(await story(ref), '', found);
    expect([...found].filter((path) => !described.includes(path))).toEqual([]);
    // Nobody here is linked to another line or was changed by a batch.
    const unmet = /^(?:enrolments\[\]\.linkedLines|changes)\[\]/;
    expect(described.filter((path) => !found.has(path) && !unmet.test(path))).toEqual([]);
  });
});

/** Paths of all members below a value; `[]` stands for the items of a list. */
function collect(value: unknown, at: string, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, `${at}[]`, into);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const path = at === '' ? name : `${at}.${name}`;
      into.add(path);
      collect(member, path, into);
    }
}
