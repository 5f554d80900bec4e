import { afterEach, expect, it } from '@jest/globals';
import { csv, Deliveries, line } from './deliveries.ts';

let deliveries: Deliveries;
afterEach(() => deliveries.database.close());

it('leaves the planner with the size of the tables, for a batch that follows at once', async () => {
  deliveries = await Deliveries.open();
  const lines = Array.from({ length: 900 }, (_, index) =>
    line(`SN-05-${Math.floor(index / 9)}`, (index % 9) + 1, 'Awa'),
  );
  await deliveries.importText(csv(...lines));
  const sizes = await deliveries.rows<{ table: string; rows: number }>(
    `select relname as table, reltuples::int as rows from pg_class
      where relname in ('person', 'enrolment', 'household') and relkind = 'r' order by 1`,
  );
  expect(sizes).toEqual([
    { table: 'enrolment', rows: 900 },
    { table: 'household', rows: 100 },
    { table: 'person', rows: 900 },
  ]);
});
