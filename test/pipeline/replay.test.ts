import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../src/domain/policy.ts';
import { replayRun, type CandidateRules, type ReplayedPerson } from '../../src/pipeline/replay/replay-run.ts';
import { changeOf, ReplayTally } from '../../src/pipeline/replay/replay-summary.ts';
import { openInstallation, type Installation } from './installation.ts';
import { night } from './night.ts';
import { village, villager, type Villager } from './village.ts';

const NAMES = ['Moussa', 'Cheikh', 'Ibrahima', 'Ousmane', 'Abdou', 'Samba', 'Modou', 'Babacar', 'Idrissa', 'Malick'];
const FAMILIES = ['NDIAYE', 'FALL', 'SARR', 'BA', 'SOW', 'DIALLO', 'GUEYE', 'FAYE', 'CISSE', 'KANE'];

/** A household each, so that every kind of evidence is in the run. */
const KINDS: readonly Partial<Villager>[] = [
  {},
  { card: { familyName: 'DIENG' } },
  { card: { status: 'DECEDE' } },
  { card: null },
  { card: null, act: { fatherGivenNames: 'Alioune' } },
  { card: null, act: {}, line: { numeroExtrait: '' } },
  { numberOnLine: '1042198000777' },
  { covers: [{ coverEnd: '2099-12-31' }] },
  { covers: [{ coverEnd: '2020-01-01' }] },
  { covers: [{ personReference: null, scheme: 'IPM' }] },
];
const people = KINDS.map((kind, index) =>
  villager({
    household: `SN-${String(index + 1).padStart(4, '0')}`,
    number: 1,
    givenNames: NAMES[index]!,
    familyName: FAMILIES[index]!,
    birth: `19${70 + index}-0${index % 9 || 1}-12`,
    ...kind,
  }),
);
const child = villager({
  ...{ household: 'SN-0001', number: 2, givenNames: 'Awa', familyName: 'NDIAYE', sex: 'F' },
  ...{ birth: '2022-03-09', relationship: 3, card: {} },
});

let installation: Installation;
let run: string;

beforeAll(async () => {
  installation = await openInstallation({ village: village([...people, child]) });
  run = (await night(installation)).run;
});
afterAll(() => installation.close());

async function replayed(rules: CandidateRules): Promise<{ people: ReplayedPerson[]; tally: ReplayTally }> {
  const tally = new ReplayTally();
  const everyone: ReplayedPerson[] = [];
  for await (const page of replayRun(installation.context.db, run, rules)) {
    tally.add(page);
    everyone.push(...page.replayed);
  }
  return { people: everyone, tally };
}

/** Rows of every table, and the writes the insurer carried out. */
async function traces(): Promise<unknown> {
  const tables = await installation.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const counts = await Promise.all(
    tables.map(async ({ name }) => [name, (await installation.rows(`select count(*) from "${name}"`))[0]]),
  );
  return [counts, installation.sandbox.ledger().length];
}

describe('a run replayed under its own rules', () => {
  it('moves nobody: same outcome, same reasons, same comparisons, no question that was not asked', async () => {
    const { people: everyone, tally } = await replayed(installation.app.reference);
    expect(new Set(everyone.map(({ to }) => to))).toEqual(new Set(['confirmed', 'already-enrolled', 'needs-review']));
    for (const person of everyone)
      expect({ ...person, change: changeOf(person) }).toMatchObject({
        change: 'none',
        sameCertificate: true,
        unasked: [],
      });
    expect(tally.figures()).toMatchObject({
      people: 11,
      replayed: 11,
      unchanged: 11,
      moved: 0,
      lost: 0,
      notVerified: 0,
    });
  });

  it('makes no call and writes nothing', async () => {
    const before = await traces();
    await replayed(installation.app.reference);
    expect(await traces()).toEqual(before);
  });
});

describe('a run replayed under other rules', () => {
  const candidate = (change: Record<string, unknown>): CandidateRules => {
    const { rules, matcher } = installation.app.reference;
    const file = JSON.parse(rules.files.get('policy.json') ?? '') as Record<string, unknown>;
    return { policy: readPolicy(JSON.stringify({ ...file, ...change })), matcher };
  };

  it('shows exactly who would move, and where to', async () => {
    const { people: everyone, tally } = await replayed(candidate({ otherScheme: 'already-enrolled', maximumAge: 50 }));
    const moved = everyone.filter((person) => changeOf(person) === 'moved').map(({ ref, from, to }) => [ref, from, to]);
    expect(moved).toContainEqual(['SN-0001/1', 'confirmed', 'needs-review']);
    expect(tally.figures().moved).toBe(moved.length);
    expect(tally.figures().reasons).toContainEqual(
      expect.objectContaining({ reason: 'AGE_INVRAISEMBLABLE', before: 0 }),
    );
  });

  it('says whose outcome would need a call that was never made', async () => {
    const { people: everyone } = await replayed(candidate({ idCardFromAge: 0 }));
    const asked = everyone.filter(({ unasked }) => unasked.length > 0).map(({ ref, unasked }) => [ref, unasked]);
    expect(asked).toEqual([['SN-0001/2', ['id-card']]]);
  });
});

describe('after a later batch has changed a line', () => {
  it('the run is decided again on the line as it was', async () => {
    const renamed = { ...people[1]!, givenNames: 'Mouhamadou Lamine' };
    await installation.import([...village([renamed]).lines], 'LOT-2');
    const { tally } = await replayed(installation.app.reference);
    expect(tally.figures()).toMatchObject({ replayed: 11, unchanged: 11, lost: 0, otherCertificate: 0 });
  });
});
