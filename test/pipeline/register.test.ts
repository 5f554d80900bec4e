import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault, FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { registerHousehold } from '../../src/pipeline/register/register-household.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { chargeTo } from './charging-server.ts';
import { openInstallation, type Installation, type InstallationOptions } from './installation.ts';
import { carriedOut, night, openRunOf, outcomes, workOnce, workThrough } from './night.ts';
import { carryOut, confirm } from './staff.ts';
import { village, villager, type Villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

async function open(people: readonly Villager[], options: Partial<InstallationOptions> = {}): Promise<Installation> {
  installation = await openInstallation({ village: village(people), ...options });
  return installation;
}

const household = 'SN-0001';
const head = villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
const wife = villager({
  household,
  number: 2,
  givenNames: 'Awa',
  familyName: 'SOW',
  sex: 'F',
  relationship: 2,
  line: { gestionnairePrincipal: '2' },
});
const manager = { gestionnairePrincipal: '2' };

const onRegistration = (fault: Fault, change: Partial<FaultRule> = {}): FaultRule => ({
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 1,
  when: 'before',
  attempts: 'first',
  fault,
  ...change,
});
const CLOSED: Fault = { kind: 'transport', failure: 'close-after-headers' };

interface RegistrationRow {
  person_ref: string;
  registration_code: string;
  policy_holder: boolean;
  amount_paid: number;
  learned_by: string;
}
const registrations = (): Promise<RegistrationRow[]> =>
  installation.rows('select person_ref, policy_holder, amount_paid, learned_by from registration order by 1');

describe('a household', () => {
  it('is registered holder first, the others under the code of the holder', async () => {
    await open([head, wife]);
    await night(installation);
    const people = installation.sandbox.ledger().map(({ person }) => person);
    expect(people).toEqual(['SN-0001/1', 'SN-0001/2']);
    expect(await registrations()).toEqual([
      { person_ref: 'SN-0001/1', policy_holder: true, amount_paid: 0, learned_by: 'answer' },
      { person_ref: 'SN-0001/2', policy_holder: false, amount_paid: 0, learned_by: 'answer' },
    ]);
  });

  it('of sixty is registered, everybody once', async () => {
    const sixty = Array.from({ length: 59 }, (_, index) =>
      villager({
        household,
        number: index + 2,
        givenNames: 'Ibrahima',
        familyName: 'DIOP',
        birth: `${1930 + index}-05-12`,
      }),
    );
    await open([head, ...sixty]);
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 60 });
    expect(Object.values(carriedOut(installation))).toEqual(Array.from({ length: 60 }, () => 1));
  }, 90_000);

  it('waits as long as the outcome of its holder is unknown', async () => {
    await open([head, wife], { sandbox: { faults: [onRegistration(CLOSED, { when: 'after' })] } });
    const runId = await openRunOf(installation);
    await workOnce(installation.context, runId);
    await advanceRun(installation.context.db, runId);
    await workOnce(installation.context, runId);
    expect(await outcomes(installation)).toEqual({
      'SN-0001/1': 'outcome-unknown ISSUE_INCONNUE',
      'SN-0001/2': 'deferred TITULAIRE_EN_ATTENTE',
    });
    expect((await workThrough(installation, runId)).outcomes).toMatchObject({ enrolled: 2 });
    expect((await registrations()).map((one) => one.learned_by)).toEqual(['look-up', 'look-up']);
  });

  it('goes to the next role when its holder is not confirmed', async () => {
    const dead = { ...head, card: { status: 'DECEDE' as const }, line: manager };
    await open([dead, wife]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({
      'SN-0001/1': 'needs-review DECES_SIGNALE',
      'SN-0001/2': 'enrolled',
    });
    expect(await registrations()).toMatchObject([{ person_ref: 'SN-0001/2', policy_holder: true }]);
  });

  it('goes to the next role when the cover of its holder is noted under somebody else', async () => {
    const covers = [{ coverEnd: '2025-01-01', personReference: 'SN-0999/1' }];
    await open([{ ...head, covers, line: manager }, wife]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({
      'SN-0001/1': 'needs-review DOUBLON_SIGICMU',
      'SN-0001/2': 'enrolled',
    });
  });

  it('is registered in part when a member waits for a person, who is attached to the same policy later', async () => {
    const child = villager({ household, number: 3, givenNames: 'Aliou', familyName: 'NDIAYE', birth: '1999-02-03' });
    await open([head, { ...wife, card: { familyName: 'FALL' } }, child]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({
      'SN-0001/1': 'enrolled',
      'SN-0001/2': expect.stringContaining('needs-review'),
      'SN-0001/3': 'enrolled',
    });
    await confirm(installation, 'SN-0001/2', { record: 'rnu' });
    await carryOut(installation);
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/2': 'enrolled' });
    expect((await registrations()).map((one) => one.policy_holder)).toEqual([true, false, false]);
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1, 'SN-0001/3': 1 });
  });

  it('waits for a person when nobody of age can hold the policy', async () => {
    const orphan = villager({ household, number: 1, givenNames: 'Awa', familyName: 'FALL', birth: '2014-02-03' });
    await open([orphan]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review MENAGE_SANS_TITULAIRE' });
    expect(carriedOut(installation)).toEqual({});
  });
});

describe('nobody', () => {
  it('is registered before everybody is verified', async () => {
    const other = { ...head, household: 'SN-0002' };
    await open([head, villager({ ...other, givenNames: 'Ousmane' })]);
    const { context } = installation;
    const runId = await openRunOf(installation);
    await installation.rows(`update household_work set lease_until = now() + interval '1 hour'
      where household_id = (select max(household_id) from household_work)`);
    await workOnce(context, runId);
    await workOnce(context, runId);
    for (const { id } of await installation.rows<{ id: string }>('select household_id as id from household_work'))
      expect(await registerHousehold(context, id)).toBe(false);
    expect(carriedOut(installation)).toEqual({});
    await installation.rows('update household_work set lease_until = null');
    expect((await workThrough(installation, runId)).outcomes).toMatchObject({ enrolled: 2 });
  });

  it.each([[['SN-0001', 'SN-0002']], [['SN-0002', 'SN-0001']]])(
    'is registered twice under two lines: %s',
    async (households) => {
      // The first line carries the number, the second only the extract: the two registries tell that they are one.
      const act = { extractNumber: '1980-77', nin: '1042198000101', motherGivenNames: 'Fatou', motherFamilyName: 'BA' };
      const card = { nin: '1042198000101' };
      const once = villager({ ...head, household: households[0]!, card, act, line: { numeroExtrait: '' } });
      const line = { numeroExtrait: '1980-77', inscritEtatCivil: '1' };
      await open([once, { ...head, card: null, household: households[1]!, line }]);
      await night(installation);
      expect(await outcomes(installation)).toEqual({
        'SN-0001/1': 'needs-review DOUBLON_RNU',
        'SN-0002/1': 'needs-review DOUBLON_RNU',
      });
      expect(carriedOut(installation)).toEqual({});
    },
  );

  it('is registered by an extract that two lines carry, however it was typed', async () => {
    const act = { extractNumber: '1980-77' };
    const once = villager({ ...head, household: 'SN-0001', card: null, act });
    const again = {
      ...once,
      household: 'SN-0002',
      act: null,
      line: { numeroExtrait: '1980 77', inscritEtatCivil: '1' },
    };
    await open([once, again]);
    await night(installation);
    expect(Object.values(await outcomes(installation))).toEqual([
      expect.stringContaining('needs-review EXTRAIT_DOUBLON_LOT'),
      expect.stringContaining('needs-review EXTRAIT_DOUBLON_LOT'),
    ]);
  });
});

describe('an amount that is not zero', () => {
  const crowd = ['SN-0002', 'SN-0003', 'SN-0004'].map((one) =>
    villager({
      household: one,
      number: 1,
      givenNames: 'Ousmane',
      familyName: 'FALL',
      birth: `19${one.slice(-2)}-05-05`,
    }),
  );

  it('stops the run before the holder’s own family is sent, and before anybody else is', async () => {
    await open([head, wife, ...crowd], { front: (url) => chargeTo(['SN-0001/1'], url) });
    const { context } = installation;
    const runId = await openRunOf(installation);
    await workOnce(context, runId);
    await advanceRun(context.db, runId);
    const ids = await installation.rows<{ id: string }>('select id from household order by ref');
    for (const { id } of ids) await registerHousehold(context, id);
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
    expect((await workThrough(installation, runId)).state).toBe('defective');
    const journal = await installation.rows(`select actor, subject from journal where action = 'run.defective'`);
    expect(journal).toEqual([{ actor: 'machine', subject: `run ${runId}` }]);
    expect(await registrations()).toMatchObject([{ person_ref: 'SN-0001/1', amount_paid: 3_500 }]);
  });

  it('stops the run as well when it is only learned by looking', async () => {
    const faults = [onRegistration(CLOSED, { when: 'after' })];
    await open([head, wife], { sandbox: { faults }, front: (url) => chargeTo(['SN-0001/1'], url) });
    expect((await night(installation)).state).toBe('defective');
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });
});

describe('an unknown outcome', () => {
  it('goes to a person where the insurer cannot be asked', async () => {
    const capabilities = { idempotencyKey: false, searchByReference: false };
    await open([head], { sandbox: { faults: [onRegistration(CLOSED, { when: 'after' })], capabilities } });
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review ISSUE_INCONNUE_PROLONGEE' });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });

  it('goes to a person when looking fails for too long', async () => {
    const away: FaultRule = { ...onRegistration(CLOSED), operation: 'rechercherAdhesion', attempts: 'all' };
    await open([head], {
      sandbox: { faults: [onRegistration(CLOSED), away] },
      settings: { PNBSF_UNKNOWN_AGE_MS: '1500' },
    });
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review ISSUE_INCONNUE_PROLONGEE' });
    expect(carriedOut(installation)).toEqual({});
  });

  it('that a lying answer hides is found when SIGICMU is read back', async () => {
    const lie: Fault = { kind: 'transport', failure: 'jetty-400' };
    await open([head], { sandbox: { faults: [onRegistration(lie, { when: 'after' })] } });
    expect(await night(installation)).toMatchObject({ state: 'closed', balanced: true });
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review MESSAGE_REFUSE' });
    const differences = await installation.rows('select kind, business_key from reconciliation_difference');
    expect(differences).toEqual([{ kind: 'only-there', business_key: 'PNBSF-2026:SN-0001/1' }]);
  });
});

describe('an insurer that knows no business key', () => {
  const capabilities = { idempotencyKey: false, searchByReference: false };
  const openThere = (when: FaultRule['when'], people: readonly Villager[] = [head]): Promise<Installation> =>
    open(people, { sandbox: { faults: [onRegistration(CLOSED, { when })], capabilities }, searchByIdentity: true });

  it('is searched by identity: whoever is there is not sent again', async () => {
    await openThere('after', [head, wife]);
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 2 });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1 });
    const looks = await installation.rows(
      `select count(*)::int as looks from attempt where operation = 'cover-search'`,
    );
    expect(looks).toEqual([{ looks: 2 }]);
    expect(await installation.rows('select 1 from reconciliation_difference')).toEqual([]);
  });

  it('frees whoever is not there, to be sent again', async () => {
    await openThere('before');
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 1 });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });

  it('that may hold them under another file leaves them to a person', async () => {
    const nameless = { personReference: null, documentNumber: null, coverEnd: '2025-01-01' };
    const faults = [onRegistration(CLOSED, { when: 'before' })];
    await open([head], { sandbox: { faults, capabilities }, searchByIdentity: true });
    const runId = await openRunOf(installation);
    await workOnce(installation.context, runId);
    const { insurer } = installation.context;
    const findCover: typeof insurer.findCover = async (query, call) => {
      const result = await insurer.findCover(query, call);
      const cover = { ...query, familyName: 'NDIAYE', givenNames: 'Moussa', registrationCode: 'C1', scheme: 'BSF' };
      const value = [{ ...cover, personRef: nameless.personReference, coverEnd: nameless.coverEnd, active: true }];
      return result.kind === 'answer' ? { ...result, value } : result;
    };
    await workThrough({ context: { ...installation.context, insurer: { ...insurer, findCover } } }, runId);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review DOUBLON_SIGICMU' });
    expect(carriedOut(installation)).toEqual({});
  });

  it('nor any identity: nobody is sent again but on the word of a person who has looked', async () => {
    await open([head], { sandbox: { faults: [onRegistration(CLOSED)], capabilities } });
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review ISSUE_INCONNUE_PROLONGEE' });
    await expect(confirm(installation, 'SN-0001/1')).rejects.toMatchObject({ code: 'RECHERCHE_A_FAIRE' });
    await confirm(installation, 'SN-0001/1', { notRegistered: true });
    await carryOut(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled' });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });
});

describe('an answer that comes when the household is somebody else’s', () => {
  it.each([
    ['settles it without another look', {}, 0],
    ['is not believed when it is about somebody else, and SIGICMU is looked at', { personRef: 'SN-0009/9' }, 1],
  ])('%s', async (_what, change, looks) => {
    await open([head]);
    const runId = await openRunOf(installation);
    await workOnce(installation.context, runId);
    const { insurer } = installation.context;
    const register: typeof insurer.register = async (request, call) => {
      const result = await insurer.register(request, call);
      await installation.rows(`update household_work set fence = fence + 1, lease_until = null`);
      await installation.rows(`update enrolment set fence = fence + 1`);
      return result.kind === 'answer' ? { ...result, value: { ...result.value, ...change } } : result;
    };
    await advanceRun(installation.context.db, runId);
    await workOnce({ ...installation.context, insurer: { ...insurer, register } }, runId);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'sending' });
    expect(
      await installation.rows(
        'select outcome from attempt_result join attempt using (message_id) where operation = $1',
        ['register'],
      ),
    ).toEqual([{ outcome: 'answer' }]);
    // What an answer tells needs no settle window; a look does.
    if (looks > 0) await installation.rows(`update enrolment set sent_at = sent_at - interval '1 hour'`);
    expect((await workThrough(installation, runId)).outcomes).toMatchObject({ enrolled: 1 });
    const asked = await installation.rows(`select 1 from attempt where operation = 'find-registration'`);
    expect(asked).toHaveLength(looks);
    expect(await registrations()).toMatchObject([
      { person_ref: 'SN-0001/1', learned_by: looks === 0 ? 'answer' : 'look-up' },
    ]);
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });
});

describe('a proof that nothing was processed', () => {
  it('leads to another try, and to one registration', async () => {
    const rule = onRegistration({ kind: 'xroad-error', code: 'Server.ServerProxy.NetworkError' }, { attempts: 3 });
    await open([head, wife], { sandbox: { faults: [rule] } });
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 2 });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1 });
  });
});
