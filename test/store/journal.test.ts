import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const entry = { actor: 'A. Diop', action: 'review.confirm', subject: 'SN-04120199-7/1', detail: '{}' };

describe('the journal', () => {
  it('seals each row with the one before it', async () => {
    await database.db.insertInto('journal').values(entry).execute();
    await database.db.insertInto('journal').values(entry).execute();
    const rows = await database.db.selectFrom('journal').selectAll().orderBy('id').execute();
    expect(rows[0]!.previous_hash).toBeNull();
    expect(rows[1]!.previous_hash).toEqual(rows[0]!.hash);
    expect(rows[1]!.hash).not.toEqual(rows[0]!.hash);
  });

  it('refuses to be changed or shortened', async () => {
    await expect(database.db.updateTable('journal').set({ actor: 'B' }).execute()).rejects.toThrow('JOURNAL_IMMUABLE');
    await expect(database.db.deleteFrom('journal').execute()).rejects.toThrow('JOURNAL_IMMUABLE');
  });
});
