import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkIntegrity } from '../../src/store/explain/journal-chain.ts';
import { linkedLines } from '../../src/store/explain/linked-lines.ts';
import { listRuleSets, ruleFileText } from '../../src/store/explain/rule-sets.ts';
import { recordRuleSet } from '../../src/store/explain/record-rule-set.ts';
import { storedPerson } from '../../src/store/explain/stored-person.ts';
import { storedDecisions } from '../../src/store/explain/stored-steps.ts';
import { ruleSetOf } from '../../src/domain/rule-set.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';

const someone = villager({
  household: 'SN-0001',
  number: 1,
  givenNames: 'Moussa',
  familyName: 'NDIAYE',
  card: { familyName: 'SARR' },
});
const doubles = ['SN-0002', 'SN-0003'].map((household) =>
  villager({ household, number: 1, givenNames: 'Awa', familyName: 'FALL', numberOnLine: '1042198000777' }),
);
const people = [someone, ...doubles];

let installation: Installation;
let personId: string;
let enrolmentId: string;
/** An instant between the first batch and the one that corrects it. */
let before: Date;

beforeAll(async () => {
  installation = await openInstallation({ village: village(people) });
  await night(installation);
  const [row] = await installation.rows<{ person: string; enrolment: string; at: Date }>(
    `select p.id as person, e.id as enrolment, clock_timestamp() as at
       from person p join enrolment e on e.person_id = p.id where p.ref = 'SN-0001/1'`,
  );
  ({ person: personId, enrolment: enrolmentId, at: before } = row!);
  const corrected = village([{ ...someone, givenNames: 'Moustapha', line: { commune: 'NDIOUM' } }]);
  await installation.import([...corrected.lines], 'LOT-2');
});
afterAll(() => installation.close());

describe('a line that a later batch replaced', () => {
  it('is still known as it was, with its batch and household', async () => {
    const { db } = installation.context;
    const then = await storedPerson(db, personId, before);
    expect(then).toMatchObject({
      fullName: 'Moussa NDIAYE',
      commune: 'GUEDE VILLAGE',
      batchNumber: 'LOT-1',
      laterVersions: 1,
    });
    expect(await storedPerson(db, personId, null)).toMatchObject({
      fullName: 'Moustapha NDIAYE',
      commune: 'NDIOUM',
      batchNumber: 'LOT-2',
      laterVersions: 0,
    });
  });

  it('was nobody before the batch that brought it', async () => {
    expect(await storedPerson(installation.context.db, personId, new Date('2001-01-01'))).toBeNull();
  });

  it('says by a decision that it was put back to be verified', async () => {
    const decisions = await storedDecisions(installation.context.db, enrolmentId, null);
    expect(decisions.map(({ from, to, decidedBy }) => [from, to, decidedBy])).toEqual([
      ['received', 'needs-review', 'machine'],
      ['needs-review', 'received', 'import'],
    ]);
    expect(await storedDecisions(installation.context.db, enrolmentId, before)).toHaveLength(1);
  });

  it('costs those nothing whom no batch replaced', async () => {
    const rows = await installation.rows('select person_id from person_history');
    expect(rows).toEqual([{ person_id: personId }]);
  });
});

describe('lines that may be one human', () => {
  it('are named, with what they share', async () => {
    const [row] = await installation.rows<{ id: string }>(
      `select e.id from enrolment e join person p on p.id = e.person_id where p.ref = 'SN-0002/1'`,
    );
    const linked = await linkedLines(installation.context.db, row!.id, null);
    expect(linked).toContainEqual({ ref: 'SN-0003/1', state: 'needs-review', shared: 'national-id' });
    expect(await linkedLines(installation.context.db, row!.id, new Date('2001-01-01'))).toEqual([]);
  });
});

describe('rule sets', () => {
  it('names each decision’s rules, and gives their texts back to the letter', async () => {
    const { db, ruleSet } = installation.context;
    const used = await installation.rows('select distinct rule_set from decision where decided_by = $1', ['machine']);
    expect(used).toEqual([{ rule_set: ruleSet }]);
    const { files } = installation.app.reference.rules;
    expect(files.size).toBeGreaterThan(5);
    for (const [name, content] of files) expect(await ruleFileText(db, ruleSet, name)).toBe(content);
  });

  it('are kept once, and a changed file under an old version is another set', async () => {
    const { db } = installation.context;
    const changed = ruleSetOf('2026-11', new Map([['policy.json', '{}']]));
    await Promise.all([recordRuleSet(db, changed), recordRuleSet(db, changed)]);
    expect(await listRuleSets(db)).toHaveLength(2);
    expect(
      await installation.rows(`select 1 from journal where subject = $1`, [`rule-set ${changed.fingerprint}`]),
    ).toHaveLength(1);
    await expect(installation.rows(`update rule_file set content = ''`)).rejects.toThrow('JOURNAL_IMMUABLE');
  });
});

describe('integrity', () => {
  it('holds, and tells the entry at which somebody with rights over the database broke it', async () => {
    const { db } = installation.context;
    expect(await checkIntegrity(db)).toMatchObject({ firstBroken: null, protectedTables: true });
    await installation.rows('alter table journal disable trigger journal_append_only');
    expect(await checkIntegrity(db)).toMatchObject({ firstBroken: null, protectedTables: false });
    const [second] = await installation.rows<{ id: string }>('select id from journal order by id offset 1 limit 1');
    await installation.rows(`update journal set actor = 'personne' where id = $1`, [second!.id]);
    await installation.rows('alter table journal enable trigger journal_append_only');
    expect(await checkIntegrity(db)).toMatchObject({ firstBroken: second!.id, protectedTables: true });
  });
});
