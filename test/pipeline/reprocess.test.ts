import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { OPERATIONS_OF } from '../../src/pipeline/reprocess/destinations.ts';
import { feedReprocess } from '../../src/store/reprocess/feed-reprocess.ts';
import { stopReprocess } from '../../src/store/reprocess/order-reprocess.ts';
import { reprocessProgress, type ReprocessProgress } from '../../src/store/reprocess/reprocess-progress.ts';
import { openInstallation, type Installation, type InstallationOptions } from './installation.ts';
import { carriedOut, night, openRunOf, outcomes, workOnce, workThrough } from './night.ts';
import { AGENT, carryOut, confirm, discard, orderAgain, takeUp } from './staff.ts';
import { numberOf, village, villager, type Villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

const household = 'SN-0001';
const known = villager({ household: 'SN-0002', number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F' });
/** Carries a number that DAF does not know. */
const moussa = villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' });
const unknown: Villager = { ...moussa, card: null, numberOnLine: numberOf(moussa) };

async function open(people: readonly Villager[], options: Partial<InstallationOptions> = {}): Promise<void> {
  installation = await openInstallation({ village: village(people), ...options });
}

/** DAF learns the cards of everybody only after the first night. */
async function openThenLearn(people: readonly Villager[]): Promise<void> {
  const { lines, registries } = village(people);
  const idCards = new Map(registries.idCards);
  installation = await openInstallation({ village: { lines, registries: { ...registries, idCards } } });
  await night(installation);
  for (const [nin, card] of village(people.map((one) => ({ ...one, card: {} }))).registries.idCards)
    idCards.set(nin, card);
}

const progressOf = async (requestId: string | null): Promise<ReprocessProgress | null> =>
  reprocessProgress(installation.context.db, requestId ?? '0');
const away = (service: FaultRule['service'], operation?: string): FaultRule => ({
  service,
  ...(operation === undefined ? {} : { operation }),
  rate: 1,
  when: 'before',
  attempts: 'all',
  fault: { kind: 'transport', failure: 'html-503' },
});

describe('an order to do people again', () => {
  it('verifies a doubt afresh: what a registry has learned since counts, and an end stays an end', async () => {
    await openThenLearn([unknown, known]);
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': expect.stringContaining('NIN_INCONNU_DAF') });
    const { requestId, asked, counts } = await orderAgain(installation);
    expect({ asked, counts }).toEqual({
      asked: 1,
      counts: [
        { state: 'enrolled', fate: 'ended', people: 1 },
        { state: 'needs-review', fate: 'verify-again', people: 1 },
      ],
    });
    // Recorded, and nobody moved yet.
    expect(await progressOf(requestId)).toMatchObject({
      asked: 1,
      queued: 0,
      waiting: 1,
      notEligible: { 'enrolled ended': 1 },
    });
    expect(await carryOut(installation)).toMatchObject({ state: 'closed', balanced: true, people: 1 });
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled', 'SN-0002/1': 'enrolled' });
    expect(await progressOf(requestId)).toMatchObject({
      asked: 1,
      queued: 1,
      done: 1,
      failed: 0,
      underWay: 0,
      waiting: 0,
    });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0002/1': 1 });
    const decided = await installation.rows(
      `select from_state, to_state, because from decision where decided_by = 'A. Diop'`,
    );
    expect(decided).toEqual([
      { from_state: 'needs-review', to_state: 'received', because: `retraitement ${requestId} : ${AGENT.because}` },
    ]);
  });

  it('ends with a doubt again where nothing has changed: done, since it was looked at', async () => {
    await open([unknown]);
    await night(installation);
    const { requestId } = await orderAgain(installation);
    await carryOut(installation);
    expect(await progressOf(requestId)).toMatchObject({ asked: 1, queued: 1, done: 1, failed: 0 });
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': expect.stringContaining('needs-review') });
    const asked = await installation.rows(`select run_id from attempt where operation = 'id-card'`);
    expect(asked).toHaveLength(2);
  });

  it('leaves the decision of a person as it is', async () => {
    await open([unknown, known]);
    await night(installation);
    await discard(installation, 'SN-0001/1', { as: 'out-of-scope' });
    const { requestId, counts } = await orderAgain(installation, { personRef: 'SN-0001/1' });
    expect({ requestId, counts }).toEqual({
      requestId: null,
      counts: [{ state: 'out-of-scope', fate: 'ended', people: 1 }],
    });
    expect(await installation.rows('select 1 from reprocess_request')).toEqual([]);
  });

  it('finds people whom a decision overtook gone when their turn comes', async () => {
    await open([unknown, { ...unknown, household: 'SN-0003', birth: '1971-01-01' }]);
    await night(installation);
    const { requestId, asked } = await orderAgain(installation);
    expect(asked).toBe(2);
    await discard(installation, 'SN-0001/1', { as: 'deceased' });
    await carryOut(installation);
    expect(await progressOf(requestId)).toMatchObject({ asked: 2, queued: 2, done: 1, failed: 1, underWay: 0 });
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': expect.stringContaining('discarded-deceased') });
  });

  it('runs in order and can be stopped: whoever has not had their turn stays as they are', async () => {
    await open([unknown, { ...unknown, household: 'SN-0003' }, { ...unknown, household: 'SN-0004' }]);
    await night(installation);
    const { requestId } = await orderAgain(installation);
    const { db, policy, ruleSet, times } = installation.context;
    const feed = { room: 1, settleMs: times.settleMs, ruleVersion: policy.version, ruleSet };
    expect(await db.transaction().execute((trx) => feedReprocess(trx, feed))).toBe(1);
    expect(await stopReprocess(db, { requestId: requestId ?? '', ...AGENT })).toBe(true);
    expect(await stopReprocess(db, { requestId: requestId ?? '', ...AGENT })).toBe(false);
    await carryOut(installation);
    expect(await progressOf(requestId)).toMatchObject({
      asked: 3,
      queued: 1,
      done: 1,
      failed: 0,
      waiting: 0,
      stopped: 2,
    });
    const untouched = await installation.rows(`select p.ref from decision d join enrolment e on e.id = d.enrolment_id
      join person p on p.id = e.person_id where d.decided_by = 'A. Diop'`);
    expect(untouched).toEqual([{ ref: 'SN-0001/1' }]);
  });
});

describe('a registration that was sent before', () => {
  const lost: FaultRule = {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 1,
    when: 'after',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'close-after-headers' },
  };

  it.each(['an order', 'a decision'])('is looked at before anything is sent, on %s', async (how) => {
    await open([known], {
      sandbox: { faults: [lost], capabilities: { idempotencyKey: false, searchByReference: true } },
    });
    const { context } = installation;
    const offersNothing = { idempotencyKey: false, searchByReference: false, searchByIdentity: false };
    const insurer = { ...context.insurer, capabilitiesOf: () => offersNothing };
    await night({ context: { ...context, insurer } });
    expect(await outcomes(installation)).toEqual({ 'SN-0002/1': 'needs-review ISSUE_INCONNUE_PROLONGEE' });
    if (how === 'an order') expect((await orderAgain(installation)).counts[0]).toMatchObject({ fate: 'look-again' });
    else expect(await confirm(installation, 'SN-0002/1')).toMatchObject({ looksFirst: true });
    await takeUp(installation);
    // The insurer can be searched by now.
    await carryOut(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0002/1': 'enrolled' });
    expect(carriedOut(installation)).toEqual({ 'SN-0002/1': 1 });
    expect(await installation.rows('select learned_by from registration')).toEqual([{ learned_by: 'look-up' }]);
  });
});

describe('people whom a service holds up', () => {
  it('are found by the service and taken up at once, in the run that is open', async () => {
    await open([known, { ...unknown, act: {} }], {
      sandbox: { faults: [away('etat-civil')] },
      settings: { PNBSF_LONGEST_PAUSE_MS: '3600000', PNBSF_FIRST_PAUSE_MS: '3600000' },
    });
    const runId = await openRunOf(installation);
    await workOnce(installation.context, runId);
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': 'deferred SERVICE_INDISPONIBLE' });
    expect((await orderAgain(installation, { operations: OPERATIONS_OF.cni })).asked).toBe(0);
    const { asked, requestId } = await orderAgain(installation, { operations: OPERATIONS_OF['etat-civil'] });
    expect(asked).toBe(2);
    await takeUp(installation);
    const due = await installation.rows(
      'select 1 from household_work where verify_due <= now() and finished_at is null',
    );
    expect(due.length).toBeGreaterThan(0);
    expect(await progressOf(requestId)).toMatchObject({ queued: 2, underWay: 2 });
  });

  it('without an outcome when their run closes are told as such, and left to the next', async () => {
    await open([{ ...unknown, act: {} }], {
      sandbox: { faults: [away('etat-civil')] },
      settings: { PNBSF_RUN_PATIENCE_MS: '100' },
    });
    expect(await workThrough(installation, await openRunOf(installation, 100))).toMatchObject({ state: 'closed' });
    const { requestId } = await orderAgain(installation, {
      days: { from: today(), to: today(), timeZone: 'Africa/Dakar' },
    });
    await carryOut(installation);
    expect(await progressOf(requestId)).toMatchObject({ asked: 1, queued: 1, done: 0, failed: 1 });
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': 'deferred SERVICE_INDISPONIBLE' });
    // Not taken up for ever by run after run: the next night has it.
    await takeUp(installation);
    expect(await installation.rows(`select 1 from run where state <> 'closed'`)).toEqual([]);
  });
});

/** Decisions carry the database's own day, whatever the run's. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
