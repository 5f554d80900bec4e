/**
 * Files people under their match keys: a phase of its own after the merge, so that the import stays as fast as its
 * COPY. Households wait for it in a table the merge itself fills; whatever is interrupted here is taken up by the next
 * import, the next start of a worker, or the visit to the household.
 */
import type { MatchKeys } from '../../matching/match-keys/match-keys.ts';
import type { Executor } from '../../store/database.ts';
import { holdKeysDue, nextKeysDue, putAllDueUnlessMade, replaceKeys } from '../../store/duplicates/keys-due.ts';
import { linesOfHouseholds } from '../../store/duplicates/rnu-line.ts';

/** What was filed. */
export interface FilledKeys {
  readonly households: number;
  readonly people: number;
  readonly keys: number;
}

/** Households of a transaction: about 8 000 people and 80 000 keys. */
const PAGE = 1_000;

/** Pages in hand: keys of one are made while the database files the other. */
const LANES = 2;

/** Files everybody who waits for keys, page by page. Any number of processes may do it at once. */
export async function fillMatchKeys(db: Executor, matchKeys: MatchKeys): Promise<FilledKeys> {
  await putAllDueUnlessMade(db, matchKeys.making);
  // Nothing is under way any more when this ends, also when a lane failed.
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => fillPages(db, matchKeys)));
  const filled = { households: 0, people: 0, keys: 0 };
  for (const lane of lanes) {
    if (lane.status === 'rejected') throw lane.reason;
    filled.households += lane.value.households;
    filled.people += lane.value.people;
    filled.keys += lane.value.keys;
  }
  return filled;
}

async function fillPages(db: Executor, matchKeys: MatchKeys): Promise<FilledKeys> {
  const filled = { households: 0, people: 0, keys: 0 };
  for (;;) {
    const page = await db.transaction().execute(async (trx) => {
      const due = await nextKeysDue(trx, PAGE);
      return due.length === 0 ? null : fileHouseholds(trx, matchKeys, due);
    });
    if (page === null) return filled;
    filled.households += page.households;
    filled.people += page.people;
    filled.keys += page.keys;
  }
}

/** Files one household if it waits for keys; they are committed when this resolves, whoever filed them. */
export async function fillKeysOfHousehold(db: Executor, matchKeys: MatchKeys, householdId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (await holdKeysDue(trx, householdId)) await fileHouseholds(trx, matchKeys, [householdId]);
  });
}

async function fileHouseholds(
  trx: Executor,
  matchKeys: MatchKeys,
  householdIds: readonly string[],
): Promise<FilledKeys> {
  const lines = await linesOfHouseholds(trx, householdIds);
  const people = lines.map((line) => ({ personId: line.personId, keys: matchKeys.filed(line) }));
  await replaceKeys(trx, householdIds, people);
  const keys = people.reduce((sum, person) => sum + person.keys.length, 0);
  return { households: householdIds.length, people: people.length, keys };
}
