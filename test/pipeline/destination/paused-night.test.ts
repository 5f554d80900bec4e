import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseDestination, resumeDestination } from '../../../src/store/destination/destination-pauses.ts';
import { until } from '../../support/until.ts';
import { openInstallation, type Installation } from '../installation.ts';
import { carriedOut, openRunOf, outcomes, workOnce, workThrough } from '../night.ts';
import { refOf, village, villager } from '../village.ts';

const people = ['NDIAYE', 'SOW', 'FALL'].map((familyName, index) =>
  villager({ household: `SN-000${index + 1}`, number: 1, givenNames: 'Moussa', familyName }),
);
const order = { name: 'sigicmu', by: 'A. Diop', because: 'maintenance annoncée' };

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation({ village: village(people) });
});
afterAll(() => installation.close());

async function seesPause(expected: boolean): Promise<void> {
  const { insurer, newMessageId } = installation.context;
  await until('the process sees it', async () => {
    const result = await insurer.listRegistrations('NONE', null, { messageId: newMessageId(), issue: 'TEST' });
    return (result.kind === 'not-processed' && result.code === 'destination-paused') === expected;
  });
}

describe('a night during which SIGICMU is paused', () => {
  it('defers everybody, burns no try, registers nobody; and everybody once after it', async () => {
    await pauseDestination(installation.database.db, order);
    await seesPause(true);
    const runId = await openRunOf(installation);
    for (let look = 0; look < 5; look++) expect(await workOnce(installation.context, runId)).toBe(false);
    expect(carriedOut(installation)).toEqual({});
    expect(await installation.rows('select distinct state, tries from enrolment')).toEqual([
      { state: 'deferred', tries: 0 },
    ]);

    await resumeDestination(installation.database.db, { ...order, because: 'maintenance finie' });
    await seesPause(false);
    const { state, balanced } = await workThrough(installation, runId);
    expect([state, balanced]).toEqual(['closed', true]);
    expect(await outcomes(installation)).toEqual(Object.fromEntries(people.map((one) => [refOf(one), 'enrolled'])));
    expect(carriedOut(installation)).toEqual(Object.fromEntries(people.map((one) => [refOf(one), 1])));
  });
});
