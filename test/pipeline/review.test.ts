import { afterEach, describe, expect, it } from '@jest/globals';
import { openCase } from '../../src/pipeline/review/review-case.ts';
import type { ReviewRefused } from '../../src/pipeline/review/review-refused.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, night, openRunOf, outcomes, workThrough } from './night.ts';
import { carryOut, confirm, decisionContext, discard, takeUp } from './staff.ts';
import { numberOf, village, villager, type Villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

async function open(people: readonly Villager[]): Promise<Installation> {
  installation = await openInstallation({ village: village(people) });
  return installation;
}

const household = 'SN-0001';
const moussa = villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
/** Nothing is found about her: no paper, no record. */
const awa = villager({ household, number: 2, givenNames: 'Awa Marie', familyName: 'SOW', sex: 'F', card: null });
const refusal = (code: string): Partial<ReviewRefused> => expect.objectContaining({ code }) as Partial<ReviewRefused>;

interface JournalRow {
  actor: string;
  action: string;
  detail: Record<string, unknown>;
}
const journal = (): Promise<JournalRow[]> =>
  installation.rows(`select actor, action, detail from journal where action like 'review.%' order by id`);

describe('a confirmed person', () => {
  it('is registered without anybody starting a run, under the names of the RNU where no registry knows them', async () => {
    await open([moussa, awa]);
    await night(installation);
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/2': expect.stringContaining('needs-review') });
    await confirm(installation, 'sn-0001 / 2');
    const run = await carryOut(installation);
    expect(run).toMatchObject({ state: 'closed', balanced: true, people: 1, households: 1, linesRead: 0 });
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/2': 'enrolled' });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1 });
    const kinds = await installation.rows<{ kind: string }>('select kind from run order by id');
    expect(kinds.map(({ kind }) => kind)).toEqual(['night', 'staff']);
    const [decision] = await installation.rows<{ decided_by: string; because: string; certificate: unknown[] }>(
      `select decided_by, because, certificate from decision where to_state = 'confirmed' and decided_by <> 'machine'`,
    );
    expect(decision).toMatchObject({ decided_by: 'A. Diop', because: 'pièces vues au guichet' });
    expect(decision?.certificate.at(-1)).toMatchObject({ source: 'review', decision: 'confirm', chosen: 'rnu' });
    expect(await journal()).toEqual([
      { actor: 'A. Diop', action: 'review.confirm', detail: expect.objectContaining({ record: 'rnu' }) },
    ]);
    const names = await installation.rows<{ identity: { familyName: string; givenNames: string } }>(
      `select identity from enrolment e join person p on p.id = e.person_id where p.ref = 'SN-0001/2'`,
    );
    expect(names[0]?.identity).toMatchObject({ familyName: 'SOW', givenNames: 'Awa Marie', nationalId: null });
  });

  it('joins the night that is open, is registered in it and counted by it', async () => {
    await open([moussa, awa]);
    await night(installation);
    await installation.import(
      village([villager({ household: 'SN-0002', number: 1, givenNames: 'Ali', familyName: 'BA', card: null })]).lines,
      'LOT-2',
    );
    const runId = await openRunOf(installation);
    await confirm(installation, 'SN-0001/2');
    await takeUp(installation);
    expect(await workThrough(installation, runId)).toMatchObject({
      state: 'closed',
      balanced: true,
      people: 2,
      households: 2,
    });
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/2': 'enrolled' });
    expect(await installation.rows('select id from run')).toHaveLength(2);
  });

  it('is decided on once: of two reviewers the second is told, and nothing of theirs is written', async () => {
    await open([moussa, awa]);
    await night(installation);
    const both = await Promise.allSettled([
      confirm(installation, 'SN-0001/2', { by: 'A. Diop' }),
      discard(installation, 'SN-0001/2', { by: 'B. Fall', as: 'out-of-scope' }),
    ]);
    const [lost] = both.filter((one) => one.status === 'rejected');
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toEqual(refusal('DEJA_DECIDE'));
    await expect(confirm(installation, 'SN-0001/2')).rejects.toEqual(refusal('DEJA_DECIDE'));
    expect(await journal()).toHaveLength(1);
    const decisions = await installation.rows(`select 1 from decision where decided_by <> 'machine'`);
    expect(decisions).toHaveLength(1);
  });

  it('needs an insurer: what is missing is told, and nothing is written', async () => {
    await open([
      villager({
        household,
        number: 1,
        givenNames: 'Moussa',
        familyName: 'NDIAYE',
        line: { departement: 'ATLANTIDE' },
      }),
    ]);
    await night(installation);
    await expect(confirm(installation, 'SN-0001/1')).rejects.toEqual(refusal('ASSUREUR_MANQUANT'));
    expect(await journal()).toEqual([]);
  });

  it('needs an adult who can hold the policy', async () => {
    await open([
      villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', card: null }),
      villager({
        household,
        number: 3,
        givenNames: 'Ami',
        familyName: 'NDIAYE',
        sex: 'F',
        birth: '2019-02-03',
        relationship: 3,
        card: null,
      }),
    ]);
    await night(installation);
    await expect(confirm(installation, 'SN-0001/3')).rejects.toEqual(refusal('TITULAIRE_MANQUANT'));
    await confirm(installation, 'SN-0001/1');
    await confirm(installation, 'SN-0001/3');
    await carryOut(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled', 'SN-0001/3': 'enrolled' });
  });
});

describe('the identity to register under', () => {
  const card = { familyName: 'SARR', givenNames: ['Ousmane'], birthDate: '1951-01-02' };
  const other = villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', card });

  it('must be chosen where no record is evidently theirs', async () => {
    await open([other]);
    await night(installation);
    await expect(confirm(installation, 'SN-0001/1')).rejects.toEqual(refusal('FICHE_A_CHOISIR'));
    await expect(confirm(installation, 'SN-0001/1', { record: '7' })).rejects.toEqual(refusal('FICHE_INCONNUE'));
    const { identity } = await confirm(installation, 'SN-0001/1', { record: 'rnu' });
    // The number on the line is another person's: it does not travel.
    expect(identity).toMatchObject({
      from: null,
      identity: { familyName: 'NDIAYE', givenNames: 'Moussa', nationalId: null },
    });
    await carryOut(installation);
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });

  it('is the record a reviewer names', async () => {
    await open([other]);
    await night(installation);
    const reviewed = await openCase(decisionContext(installation), 'SN-0001/1');
    expect(reviewed.candidates.map(({ number, source }) => [number, source])).toEqual([[1, 'id-card']]);
    const { identity } = await confirm(installation, reviewed.id, { record: '1' });
    expect(identity.identity).toMatchObject({ familyName: 'SARR', nationalId: numberOf(other) });
  });

  it('is the one record that may be theirs, without being named', async () => {
    await open([
      villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', card: { status: 'DECEDE' } }),
    ]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review DECES_SIGNALE' });
    // The registry is wrong, says the reviewer: their word stands.
    expect((await confirm(installation, 'SN-0001/1')).identity.from).toMatchObject({ number: 1 });
    await carryOut(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled' });
  });
});

describe('two lines of perhaps one human', () => {
  /** One card, which both lines describe: in one under a number of its own, in the other by the same. */
  const act = { extractNumber: '1980-44', registerNumber: '44' };
  const first = villager({
    household: 'SN-0001',
    number: 1,
    givenNames: 'Moussa',
    familyName: 'NDIAYE',
    card: null,
    act,
  });
  const second = {
    ...first,
    household: 'SN-0002',
    act: null,
    line: { inscritEtatCivil: '1', numeroExtrait: '1980-44' },
  };

  async function doubted(): Promise<void> {
    await open([first, second]);
    await night(installation);
    expect(Object.values(await outcomes(installation)).every((one) => one.startsWith('needs-review'))).toBe(true);
  }

  it('one is confirmed and registered, the other still waits', async () => {
    await doubted();
    await confirm(installation, 'SN-0001/1');
    await carryOut(installation);
    expect(await outcomes(installation)).toMatchObject({
      'SN-0001/1': 'enrolled',
      'SN-0002/1': expect.stringContaining('needs-review'),
    });
    await expect(confirm(installation, 'SN-0002/1')).rejects.toEqual(refusal('AUTRE_LIGNE_ENROLEE'));
  });

  it('a second one is registered only by saying that they are two, and the link stays broken', async () => {
    await doubted();
    await confirm(installation, 'SN-0001/1');
    await expect(confirm(installation, 'SN-0002/1')).rejects.toEqual(refusal('AUTRE_LIGNE_ENROLEE'));
    await expect(confirm(installation, 'SN-0002/1', { distinctFrom: ['SN-0009/1'] })).rejects.toEqual(
      refusal('LIEN_INCONNU'),
    );
    // The act is the first one's: the second is registered under the RNU's names.
    await confirm(installation, 'SN-0002/1', { record: 'rnu', distinctFrom: ['sn-0001/1'] });
    await carryOut(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled', 'SN-0002/1': 'enrolled' });
    expect(await installation.rows('select by from link_broken')).toEqual([{ by: 'A. Diop' }]);
    expect((await openCase(decisionContext(installation), 'SN-0001/1')).sharing).toEqual([]);
  });

  it('one is discarded as the duplicate of the other; both cannot be', async () => {
    await doubted();
    await expect(discard(installation, 'SN-0002/1', { of: 'SN-0002/1' })).rejects.toEqual(refusal('DOUBLON_INCONNU'));
    await expect(discard(installation, 'SN-0002/1', { of: 'XYZ' })).rejects.toEqual(refusal('DOUBLON_INCONNU'));
    await discard(installation, 'SN-0002/1', { of: 'SN-0001/1' });
    await expect(discard(installation, 'SN-0001/1', { of: 'SN-0002/1' })).rejects.toEqual(refusal('DOUBLON_INCONNU'));
    await confirm(installation, 'SN-0001/1');
    await carryOut(installation);
    expect(await outcomes(installation)).toMatchObject({
      'SN-0001/1': 'enrolled',
      'SN-0002/1': expect.stringContaining('discarded-duplicate'),
    });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });
});
