import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EnrolmentState } from '../../src/domain/enrolment-state.ts';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import { CAMPAIGN, catalogue, countsOf, csv, Deliveries, line, notesOf, refusal } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

interface EnrolmentRow {
  state: string;
  step: string;
  fence: string;
  tries: number;
  reasons: string[];
  campaign: string;
}

async function enrolments(ref: string): Promise<EnrolmentRow[]> {
  return deliveries.rows<EnrolmentRow>(
    `select e.state, e.step, e.fence, e.tries, e.reasons, e.campaign from enrolment e join person p on p.id = e.person_id
     where p.ref = $1 order by e.campaign`,
    [ref],
  );
}

describe('the same file again', () => {
  it('changes nothing and names the first batch', async () => {
    const path = await deliveries.file(csv(line('SN-20-1', 1, 'Awa Ba')), 'LOT-20.csv');
    const first = await deliveries.importFile(path);
    const before = await deliveries.snapshot();
    const again = await deliveries.importFile(
      await deliveries.file(csv(line('SN-20-1', 1, 'Awa Ba')), 'autre-nom.csv'),
    );
    expect(again).toEqual({ alreadyImported: true, batchId: first.batchId, number: 'LOT-20' });
    expect(await deliveries.snapshot()).toEqual(before);
  });

  it.each([2, 4])('%d times at once: one import wins, the others find it', async (times) => {
    const lines = Array.from({ length: 90 }, (_, index) => line(`SN-21-${times}`, index + 1, 'Awa Ba'));
    const path = await deliveries.file(csv(...lines));
    const results = await Promise.all(Array.from({ length: times }, () => deliveries.importFile(path)));
    expect(results.filter((result) => !result.alreadyImported)).toHaveLength(1);
    expect(new Set(results.map((result) => result.batchId)).size).toBe(1);
    const people = await deliveries.rows(`select from person where ref like $1`, [`SN-21-${times}/%`]);
    expect(people).toHaveLength(90);
  });

  it('different files with the same people, at once: nobody is stored twice, all lines are counted', async () => {
    const files = [1, 2, 3, 4].map((file) =>
      csv(
        ...Array.from({ length: 40 }, (_, index) => line('SN-22-1', index + 1, 'Awa Ba')),
        line('SN-22-2', file, 'X Y'),
      ),
    );
    const counts = (await Promise.all(files.map((text) => deliveries.importText(text)))).map(countsOf);
    expect(counts.map(({ accepted }) => accepted).sort((a, b) => a - b)).toEqual([1, 1, 1, 41]);
    expect(counts.every(({ linesRead, accepted, repeats }) => linesRead === 41 && accepted + repeats === 41)).toBe(
      true,
    );
  });

  it('compressed, it is another file whose people are all known', async () => {
    const text = csv(line('SN-23-1', 1, 'Awa Ba'), line('SN-23-1', 2, 'Modou Ba'));
    await deliveries.importText(text);
    expect(countsOf(await deliveries.importText(gzipSync(text)))).toMatchObject({ accepted: 0, repeats: 2, people: 2 });
    const kinds = await deliveries.rows(`select kind from repeated_line where person_ref like 'SN-23-1/%'`);
    expect(kinds).toEqual([{ kind: 'unchanged' }, { kind: 'unchanged' }]);
  });
});

describe('batch numbers', () => {
  const options = (): Parameters<typeof importBatch>[1] => ({
    database: deliveries.database,
    catalogue,
    campaign: CAMPAIGN,
    actor: 'machine',
  });

  it('come from the file name, and stay apart', async () => {
    const numbers: string[] = [];
    for (const [index, name] of ['menages.csv', 'depot/menages.csv.gz', 'menages.txt'].entries()) {
      const path = await deliveries.file(csv(line('SN-24-1', index + 1, 'Awa Ba')));
      numbers.push((await importBatch({ path, name }, options())).number);
    }
    expect(numbers).toEqual(['menages', 'menages-2', 'menages-3']);
  });

  it('given by the sender, cannot be used for other content', async () => {
    const first = await deliveries.file(csv(line('SN-25-1', 1, 'Awa Ba')));
    const second = await deliveries.file(csv(line('SN-25-1', 2, 'Awa Ba')));
    await importBatch({ path: first, name: first, number: 'LOT-25' }, options());
    expect(await refusal(importBatch({ path: second, name: second, number: 'LOT-25' }, options()))).toBe(
      'NUMERO_DE_LOT_PRIS',
    );
    const again = await importBatch({ path: first, name: first, number: 'LOT-25' }, options());
    expect(again.alreadyImported).toBe(true);
  });
});

describe('people who changed', () => {
  const reopened: EnrolmentState[] = ['received', 'confirmed', 'deferred', 'needs-review'];
  const kept: EnrolmentState[] = [
    'sending',
    'outcome-unknown',
    'enrolled',
    'already-enrolled',
    'renewed',
    'discarded-deceased',
  ];

  async function change(state: EnrolmentState, sends = 0): Promise<{ ref: string; notes: string }> {
    const household = `SN-30-${state}-${sends}`.toUpperCase();
    await deliveries.importText(csv(line(household, 1, 'Awa Ba'), line(household, 2, 'Modou Ba')));
    await deliveries.rows(
      `update enrolment e set state = $2, step = 'none', tries = 3, reasons = '{NOM_DIVERGENT}', sends = $3
       from person p where p.id = e.person_id and p.ref = $1`,
      [`${household}/1`, state, sends],
    );
    await deliveries.rows(
      `update household_work w set verify_due = null, finished_at = now(), fence = 5 from household h
       where h.id = w.household_id and h.ref = $1`,
      [household],
    );
    const result = await deliveries.importText(csv(line(household, 1, 'Awa Bah'), line(household, 2, 'Modou Ba')));
    expect(countsOf(result)).toMatchObject({ accepted: 1, repeats: 1, changedPeople: 1, newPeople: 0 });
    const people = await deliveries.rows(`select full_name from person where ref = $1`, [`${household}/1`]);
    expect(people).toEqual([{ full_name: 'Awa Bah' }]);
    const work = await deliveries.rows(
      `select w.verify_due is not null as due, w.finished_at, w.fence from household_work w
       join household h on h.id = w.household_id where h.ref = $1`,
      [household],
    );
    expect(work).toEqual([{ due: true, finished_at: null, fence: '6' }]);
    return { ref: `${household}/1`, notes: notesOf(result) };
  }

  it.each(reopened)('while %s: verified again, under a new fence', async (state) => {
    const { ref, notes } = await change(state);
    expect(await enrolments(ref)).toEqual([
      { state: 'received', step: 'verify', fence: '6', tries: 0, reasons: [], campaign: CAMPAIGN },
    ]);
    expect(notes).toBe('');
  });

  it.each(kept)('while %s: the enrolment is left alone, and the batch says so', async (state) => {
    const { ref, notes } = await change(state);
    expect((await enrolments(ref))[0]).toMatchObject({ state, step: 'none', tries: 3, reasons: ['NOM_DIVERGENT'] });
    expect(notes).toContain('terminé ou décidé : 1');
  });

  it('whose registration may have gone out is not sent back, even from review', async () => {
    const { ref } = await change('needs-review', 1);
    expect((await enrolments(ref))[0]).toMatchObject({ state: 'needs-review' });
  });

  it('a move of the household changes all its members, and the household', async () => {
    await deliveries.importText(csv(line('SN-31-1', 1, 'Awa Ba'), line('SN-31-1', 2, 'Modou Ba')));
    const moved = csv(
      line('SN-31-1', 1, 'Awa Ba', '3;2;05;1990;;RAO'),
      line('SN-31-1', 2, 'Modou Ba', '3;2;05;1990;;RAO'),
    );
    expect(countsOf(await deliveries.importText(moved))).toMatchObject({ changedPeople: 2 });
    expect(await deliveries.rows(`select commune from household where ref = 'SN-31-1'`)).toEqual([{ commune: 'RAO' }]);
  });

  it('unchanged but in a new campaign are accepted, beside their former enrolment', async () => {
    await deliveries.importText(csv(line('SN-32-1', 1, 'Awa Ba')));
    const text = `${csv(line('SN-32-1', 1, 'Awa Ba'))}\n`;
    const result = await deliveries.importText(text, { campaign: 'PNBSF-2027' });
    expect(countsOf(result)).toMatchObject({ accepted: 1, resumedPeople: 1, repeats: 0 });
    expect((await enrolments('SN-32-1/1')).map(({ campaign }) => campaign)).toEqual([CAMPAIGN, 'PNBSF-2027']);
  });
});

describe('households in a run', () => {
  it.each([
    ['open', 'verifying', null],
    ['closed', 'closed', '2026-11-20'],
  ])('a change while the run is %s', async (name, state, closedAt) => {
    const household = `SN-33-${name}`.toUpperCase();
    await deliveries.importText(csv(line(household, 1, 'Awa Ba')));
    const [run] = await deliveries.rows<{ id: string }>(
      `insert into run (run_date, campaign, state, patience_ms, closed_at) values ('2026-11-20', $1, $2, 0, $3) returning id`,
      [CAMPAIGN, state, closedAt],
    );
    await deliveries.rows(`update household_work set run_id = $1`, [run?.id]);
    await deliveries.importText(csv(line(household, 1, 'Awa Bah')));
    const rows = await deliveries.rows(
      `select w.run_id as work, e.run_id as enrolment from household h join household_work w on w.household_id = h.id
         join enrolment e on e.household_id = h.id where h.ref = $1`,
      [household],
    );
    const expected = closedAt === null ? run?.id : null;
    expect(rows).toEqual([{ work: expected, enrolment: expected }]);
    // Counted into the run it joined: its sums still hold.
    const [counted] = await deliveries.rows<{ people: number }>(`select people from run where id = $1`, [run?.id]);
    expect(counted?.people).toBe(closedAt === null ? 1 : 0);
  });
});

it('a merge that loses a deadlock is made again', async () => {
  await deliveries.rows('create sequence deadlocks');
  await deliveries.rows(`create function deadlock_once() returns trigger language plpgsql as $$ begin
    if nextval('deadlocks') <= 2 then raise exception using errcode = '40P01'; end if; return new; end $$`);
  await deliveries.rows(
    'create trigger deadlock before insert on person for each row execute function deadlock_once()',
  );
  const result = await deliveries.importText(csv(line('SN-34-1', 1, 'Awa Ba')));
  await deliveries.rows('drop trigger deadlock on person');
  expect(countsOf(result)).toMatchObject({ accepted: 1 });
  expect(await deliveries.rows(`select last_value from deadlocks`)).toEqual([{ last_value: '3' }]);
});

describe('a dry run', () => {
  it('counts as the import will, and changes nothing', async () => {
    await deliveries.importText(csv(line('SN-40-1', 1, 'Awa Ba'), line('SN-40-1', 2, 'Modou Ba')));
    const text = csv(
      line('SN-40-1', 1, 'Awa Ba'),
      line('SN-40-1', 2, 'Modou Bah'),
      line('SN-40-1', 3, 'Sidy Ba'),
      line('', 4, 'X Y'),
    );
    const before = await deliveries.snapshot();
    const dry = await deliveries.importText(text, { dryRun: true });
    expect(dry.batchId).toBeNull();
    expect(await deliveries.snapshot()).toEqual(before);
    const real = await deliveries.importText(text);
    expect(countsOf(real)).toEqual(countsOf(dry));
    expect(countsOf(real)).toMatchObject({ newPeople: 1, changedPeople: 1, repeats: 1, unreadable: 1 });
  });
});

it('every import is in the journal, under the name of who asked', async () => {
  const result = await deliveries.importText(csv(line('SN-50-1', 1, 'Awa Ba')), { actor: 'Mme Sarr' });
  const [entry] = await deliveries.rows<{ detail: object }>(
    `select actor, action, subject, detail from journal order by id desc limit 1`,
  );
  expect(entry).toMatchObject({ actor: 'Mme Sarr', action: 'import', subject: `batch ${result.batchId}` });
  expect(entry?.detail).toEqual(countsOf(result));
});
