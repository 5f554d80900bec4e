import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntakeError } from '../../src/pipeline/intake/intake-error.ts';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import { CAMPAIGN, catalogue, Deliveries, HEADER } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

// Bytes that mean something to a reader come up often; any other byte may come up too.
const byte = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Buffer.from('";\n\r\t\\ ,;;\n\n"SN-12Awa\\N\\.')) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 255 }) },
);
const noise = fc.array(byte, { maxLength: 120 }).map((bytes) => Buffer.from(bytes));
const good = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }))
  .map(([household, number]) => Buffer.from(`SN-${household};${number};Awa Ba;3;2;05;1990;;RAO\n`));
const content = fc.array(fc.oneof(noise, good), { maxLength: 12 }).map((parts) => Buffer.concat(parts));

it('accepted + repeated + unreadable = lines, for any bytes that are read; any others are refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 1, max: 40 }), async (bytes, size) => {
      const file = Buffer.concat([Buffer.from(`${HEADER}\n`), bytes]);
      const parts = Array.from({ length: Math.ceil(file.length / size) }, (_, index) =>
        file.subarray(index * size, (index + 1) * size),
      );
      const source = { stream: Readable.from(parts), name: 'lot' };
      try {
        const result = await importBatch(source, {
          database: deliveries.database,
          catalogue,
          campaign: CAMPAIGN,
          actor: 'machine',
        });
        if (result.alreadyImported) return;
        const { linesRead, accepted, repeats, unreadable } = result.counts;
        expect(accepted + repeats + unreadable).toBe(linesRead);
        const [kept] = await deliveries.rows<{ lines: number }>(
          `select ((select count(*) from person where batch_id = $1) + (select count(*) from repeated_line where batch_id = $1)
             + (select count(*) from unreadable_line where batch_id = $1))::int as lines`,
          [result.batchId],
        );
        expect(kept?.lines).toBe(linesRead);
      } catch (error) {
        if (!(error instanceof IntakeError) || error.code === 'IMPORT_INTERROMPU' || error.code === 'LOT_DESEQUILIBRE')
          throw error;
      }
    }),
    { numRuns: 150 },
  );
});

it('any bytes at all, from the first on, are read or refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const source = { stream: Readable.from([Buffer.from(bytes)]), name: 'lot' };
      const work = importBatch(source, {
        database: deliveries.database,
        catalogue,
        campaign: CAMPAIGN,
        actor: 'machine',
        dryRun: true,
      });
      await expect(work).rejects.toBeInstanceOf(IntakeError);
    }),
    { numRuns: 60 },
  );
});
