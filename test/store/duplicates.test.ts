import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MatchKeys } from '../../src/matching/match-keys/match-keys.ts';
import { fillKeysOfHousehold, fillMatchKeys } from '../../src/pipeline/intake/fill-match-keys.ts';
import { findCandidates } from '../../src/store/duplicates/candidates.ts';
import { holdKeysDue, nextKeysDue } from '../../src/store/duplicates/keys-due.ts';
import { linesOfHouseholds } from '../../src/store/duplicates/rnu-line.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { village, villager } from '../pipeline/village.ts';
import { until } from '../support/until.ts';

const people = Array.from({ length: 5 }, (_, index) =>
  villager({ household: `SN-000${index + 1}`, number: 1, givenNames: 'Awa', familyName: 'DIOP', sex: 'F' }),
);

let installation: Installation;
let keys: MatchKeys;
beforeAll(async () => {
  installation = await openInstallation({ village: village(people) });
  keys = installation.context.matcher.keys;
});
afterAll(() => installation.close());

async function enrolments(): Promise<readonly { id: string; person: string; household: string }[]> {
  return installation.rows('select id, person_id as person, household_id as household from enrolment order by id');
}

describe('keys', () => {
  it('are filed once for everybody who waits, also by two processes at once', async () => {
    const { db } = installation.context;
    const filled = await Promise.all([fillMatchKeys(db, keys), fillMatchKeys(db, keys)]);
    expect(filled.reduce((sum, { people: count }) => sum + count, 0)).toBe(people.length);
    const twice = await installation.rows('select 1 from match_key group by key, person_id having count(*) > 1');
    expect(twice).toEqual([]);
  });

  it('are all due again when they are made otherwise', async () => {
    const { db } = installation.context;
    expect(await fillMatchKeys(db, keys)).toMatchObject({ people: 0 });
    expect(await fillMatchKeys(db, { ...keys, making: 'another' })).toMatchObject({ people: people.length });
  });

  it('made beside an import leave the household due', async () => {
    const { db } = installation.context;
    const [household] = (await enrolments()).map((one) => one.household);
    await installation.rows('insert into match_keys_due (household_id) values ($1)', [household]);
    const importing = await installation.database.pool.connect();
    await importing.query('begin');
    await importing.query(
      `insert into match_keys_due (household_id) values ($1)
       on conflict (household_id) do update set since = excluded.since`,
      [household],
    );
    // A bulk filling passes by what somebody holds; a visit waits for it.
    expect(await db.transaction().execute((trx) => nextKeysDue(trx, 10))).toEqual([]);
    const visit = fillKeysOfHousehold(db, keys, household!);
    await until('the visit waits for the import', async () => {
      const waiting = await installation.rows(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    await importing.query(`update person set full_name = 'Bineta SECK' where household_id = $1`, [household]);
    await importing.query('commit');
    importing.release();
    await visit;
    const [line] = await linesOfHouseholds(db, [household!]);
    const filed = await installation.rows<{ key: string }>('select key from match_key where person_id = $1', [
      line!.personId,
    ]);
    expect(new Set(filed.map(({ key }) => Number(key)))).toEqual(new Set(keys.filed(line!)));
    expect(await db.transaction().execute((trx) => holdKeysDue(trx, household!))).toBe(false);
  });
});

describe('candidates', () => {
  it('are whoever shares a key, each once, oneself left out, best first', async () => {
    const [first, second, third, fourth, fifth] = await enrolments();
    const [line] = await linesOfHouseholds(installation.context.db, [third!.household]);
    const asked = keys.asked(line!).map((key) => ({ personId: third!.person, ...key }));
    const { met, keysDue } = await findCandidates(installation.context.db, third!.household, asked);
    expect(keysDue).toBe(false);
    // The first, Bineta Seck since the import above, shares month and commune only.
    const others = [second!, fourth!, fifth!, first!].map(({ person }) => person);
    expect(met.map(({ otherId }) => otherId)).toEqual(others);
  });

  it('of a key whose group is larger than its limit are left to other keys', async () => {
    const [mine] = await enrolments();
    await installation.rows('insert into match_key select 7, id from person order by id limit 4');
    const asked = (limit: number): Promise<{ met: readonly unknown[] }> =>
      findCandidates(installation.context.db, mine!.household, [{ personId: mine!.person, key: 7, limit }]);
    expect((await asked(4)).met).toHaveLength(3);
    expect((await asked(3)).met).toEqual([]);
  });
});
