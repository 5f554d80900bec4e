import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSigicmuAdapter } from '../../adapters/sigicmu/create-sigicmu-adapter.ts';
import { DIFFERENCES, type DifferenceKind } from '../../src/domain/differences.ts';
import { parseServiceId } from '../../src/exchange/parse-identifier.ts';
import { openReportFiles } from '../../src/reports/table/report-tables.ts';
import { writeDifferences } from '../../src/reports/write-lists.ts';
import type { RunSummary } from '../../src/store/run/run-summary.ts';
import { alterAnswers, type Alteration } from './charging-server.ts';
import { openInstallation, type Installation } from './installation.ts';
import { night, openRunOf, workThrough } from './night.ts';
import { village, villager, type Villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

const household = 'SN-0001';
const people: readonly Villager[] = [
  villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
  villager({ household, number: 2, givenNames: 'Awa', familyName: 'SOW', sex: 'F', relationship: 2 }),
  villager({ household: 'SN-0002', number: 1, givenNames: 'Ousmane', familyName: 'FALL' }),
];
const keyOf = (person: string): string => `PNBSF-2026:${person}`;

interface Row {
  readonly reference: string;
  readonly [member: string]: unknown;
}
interface Page {
  adhesions: Row[];
  total?: number | null;
  suivant: string | null;
}

/** Alters the pages of the list; every other answer passes. */
const onList =
  (change: (page: Page, cursor: string | null) => void): Alteration =>
  (body, path) => {
    if (!path.includes('/v1/adhesions?')) return body;
    const page = JSON.parse(body) as Page;
    change(page, new URLSearchParams(path.split('?')[1]).get('apres'));
    return JSON.stringify(page);
  };

/** A night whose list is altered, read in pages of so many. */
async function nightWith(change: Parameters<typeof onList>[0], pageSize = 1_000, who = people): Promise<RunSummary> {
  installation = await openInstallation({ village: village(who), front: (url) => alterAnswers(url, onList(change)) });
  return night({ context: contextWith(pageSize) });
}

function contextWith(pageSize: number): Installation['context'] {
  const { exchange, context } = installation.app.partners();
  const service = parseServiceId(installation.app.config.exchange.services.sigicmu);
  return { ...context, insurer: createSigicmuAdapter({ exchange, service, pageSize }) };
}

const found = (): Promise<{ kind: DifferenceKind; person: string; here: string | null; there: string | null }[]> =>
  installation.rows(`select kind, person_ref as person, detail->>'here' as here, detail->>'there' as there
    from reconciliation_difference order by kind, person_ref`);

const kinds = ({ differences }: RunSummary): readonly string[] =>
  Object.entries(differences).flatMap(([kind, count]) => (count > 0 ? [`${kind} ${count}`] : []));

const rowOf = (page: Page, person: string): Row => page.adhesions.find((row) => row.reference === keyOf(person))!;

describe('two sides that agree', () => {
  it.each([1, 2, 1_000])('have no difference, read in pages of %d', async (pageSize) => {
    const summary = await nightWith(() => undefined, pageSize);
    expect(summary).toMatchObject({ state: 'closed', balanced: true });
    expect(summary.outcomes.enrolled).toBe(people.length);
    expect(kinds(summary)).toEqual([]);
    expect(await installation.rows('select 1 from remote_registration')).toEqual([]);
  });

  it('agree as well where the insurer tells neither names, nor insurer, nor holder, nor total', async () => {
    const summary = await nightWith((page) => {
      for (const row of page.adhesions)
        Object.assign(row, { nom: null, prenom: null, assureur: null, titulaire: null });
      delete page.total;
    }, 2);
    expect(kinds(summary)).toEqual([]);
  });
});

describe('a difference', () => {
  const changes: readonly (readonly [DifferenceKind, Record<string, unknown>, string, string])[] = [
    ['names-differ', { nom: 'NDIAYE', prenom: 'Oumar' }, 'OUSMANE FALL', 'OUMAR NDIAYE'],
    ['insurer-differs', { assureur: 'UDAM-MATAM' }, 'UDAM-PODOR', 'UDAM-MATAM'],
    ['subsidy-differs', { montantSubvention: 3_500 }, '7000', '3500'],
    ['cover-differs', { dateFinc: '2027-05-20' }, '2026-11-21/2027-11-20', '2026-11-21/2027-05-20'],
  ];

  it.each(changes)('of kind %s is named with what either side says', async (kind, change, here, there) => {
    const summary = await nightWith((page) => {
      Object.assign(rowOf(page, 'SN-0002/1'), change);
    });
    expect(summary.state).toBe('closed');
    expect(await found()).toEqual([{ kind, person: 'SN-0002/1', here, there }]);
    expect(summary.differences[kind]).toBe(1);
  });

  it('of code and of holder is named', async () => {
    const summary = await nightWith((page) => {
      Object.assign(rowOf(page, 'SN-0002/1'), { codeImmatriculation: 'A9999B9999' });
      Object.assign(rowOf(page, 'SN-0001/2'), { titulaire: 'A9999B9999' });
    });
    expect(kinds(summary)).toEqual(['code-differs 1', 'holder-differs 1']);
  });

  it('is not made of capitals and spaces', async () => {
    const summary = await nightWith((page) => {
      Object.assign(rowOf(page, 'SN-0002/1'), { nom: 'Fall ', prenom: 'OUSMANE' });
    });
    expect(kinds(summary)).toEqual([]);
  });

  it('of presence is named for either side, and for whom the RNU does not know', async () => {
    const summary = await nightWith((page) => {
      // By name: which of two households SIGICMU registered first is nobody's promise.
      const known = rowOf(page, 'SN-0001/1');
      const stranger = { ...known, reference: keyOf('SN-0777/1'), referencePersonne: 'SN-0777/1' };
      const others = page.adhesions.filter((row) => row !== known && row.reference !== keyOf('SN-0002/1'));
      page.adhesions = [stranger, ...others, { ...known, codeImmatriculation: 'A0000B0000' }, known];
      page.total = page.adhesions.length;
    });
    expect(summary.state).toBe('closed');
    expect(kinds(summary)).toContain('unknown-to-rnu 1');
    expect(kinds(summary)).toContain('twice 1');
    expect(kinds(summary)).toContain('only-here 1');
  });

  it('of an amount stops the run', async () => {
    const summary = await nightWith((page) => {
      Object.assign(rowOf(page, 'SN-0002/1'), { montantCotisation: 3_500 });
    });
    expect(summary.state).toBe('defective');
    expect(await found()).toEqual([{ kind: 'amount-not-zero', person: 'SN-0002/1', here: null, there: '3500' }]);
  });

  it('about the dead, the discarded and those who left the programme is named', async () => {
    const dead = { ...people[2]!, card: { status: 'DECEDE' as const } };
    const listed = new Map<string, Row>();
    const left = people.map((one) => (one.household === household ? { ...one, line: { statutPnbsf: 'Sorti' } } : one));
    await nightWith(
      (page) => {
        for (const row of page.adhesions) listed.set(row.reference, row);
        const reference = keyOf('SN-0002/1');
        page.adhesions.push({ ...page.adhesions[0]!, reference, referencePersonne: 'SN-0002/1' });
        page.total = page.adhesions.length;
      },
      1_000,
      [left[0]!, left[1]!, dead],
    );
    const about = (await found()).map(({ kind, person }) => `${kind} ${person}`);
    expect(about).toEqual([
      'deceased-covered SN-0002/1',
      'left-rnu SN-0001/1',
      'left-rnu SN-0001/2',
      'only-there SN-0002/1',
    ]);
    await installation.rows(`update enrolment set state = 'discarded-duplicate' where state = 'needs-review'`);
    await night(installation);
    expect((await found()).map(({ kind }) => kind)).toContain('discarded-covered');
  });

  it('is written into ecarts.csv with what to do and who must', async () => {
    const summary = await nightWith((page) => {
      Object.assign(rowOf(page, 'SN-0002/1'), { assureur: '=UDAM;MATAM' });
    });
    const folder = await mkdtemp(join(tmpdir(), 'ecarts-'));
    try {
      const tables = openReportFiles(folder, 10);
      const { run, runDate, campaign } = summary;
      await writeDifferences(installation.context.db, { run, runDate, campaign, timeZone: 'Africa/Dakar' }, tables);
      await tables.finish();
      const csv = await readFile(join(folder, 'ecarts.csv'), 'utf8');
      expect(csv.startsWith('\ufeff"Écart";"Code de l’écart";')).toBe(true);
      const [, line, ...others] = csv.split('\r\n');
      expect(others).toEqual(['']);
      expect(line).toContain(`"${DIFFERENCES['insurer-differs'].title}";"insurer-differs";"SN-0002/1"`);
      expect(line).toContain('"UDAM-PODOR";"\'=UDAM;MATAM"');
      expect(line).toMatch(/"SIGICMU"$/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a list that lies', () => {
  const doubtful = async (change: Parameters<typeof onList>[0]): Promise<void> => {
    const summary = await nightWith(change, 1);
    expect(summary).toMatchObject({ state: 'closed', balanced: true });
    expect(summary.differences['read-back-doubtful']).toBe(1);
  };

  it('by skipping a page against its own total is doubted', () =>
    doubtful((page, cursor) => {
      if (cursor !== null && page.suivant !== null) page.adhesions = [];
    }));

  it('by a wrong total is doubted', () => doubtful((page) => void (page.total = 99)));

  it('by repeating its first page without end is doubted, and left', async () => {
    let first: Page | null = null;
    let asked = 0;
    await doubtful((page, cursor) => {
      first ??= structuredClone(page);
      asked += 1;
      if (cursor !== null) Object.assign(page, first, { suivant: `c${asked}`, total: null });
    });
    expect(asked).toBeLessThan(12);
  });

  it('once is read again and believed', async () => {
    let lies = 1;
    const summary = await nightWith((page, cursor) => {
      if (cursor === null && lies-- > 0) page.total = 99;
    }, 1_000);
    expect(kinds(summary)).toEqual([]);
  });
});

describe('a reading that is interrupted', () => {
  it('begins again and compares no row twice', async () => {
    installation = await openInstallation({ village: village(people) });
    const runId = await openRunOf(installation);
    // What a killed process had read.
    await installation.rows(
      `insert into remote_registration (run_id, position, business_key, person_ref, registration_code, amount_paid,
         subsidy, cover_start, cover_end) values ($1, 1, 'PNBSF-2026:SN-0002/1', 'SN-0002/1', 'X', 0, 0, now(), now())`,
      [runId],
    );
    expect(kinds(await workThrough(installation, runId))).toEqual([]);
  });
});
