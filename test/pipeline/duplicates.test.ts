import { afterEach, describe, expect, it } from '@jest/globals';
import { fillMatchKeys } from '../../src/pipeline/intake/fill-match-keys.ts';
import { verifyHousehold } from '../../src/pipeline/verify/verify-household.ts';
import { breakLink } from '../../src/store/duplicates/broken-links.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, night, openRunOf, outcomes, workThrough } from './night.ts';
import { numberOf, village, villager, type Villager } from './village.ts';

/** A human whom one household lists with a card, and another without any paper. */
const badiane: Partial<Villager> = { givenNames: 'Souleymane', familyName: 'BADIANE', birth: '1974-08-23' };
const atHome = villager({ household: 'SN-0001', number: 1, givenNames: '', familyName: '', ...badiane });
const elsewhere = villager({ ...atHome, household: 'SN-0002', card: null, numberOnLine: '' });

let installation: Installation;
afterEach(() => installation.close());

async function open(people: readonly Villager[], imported = people): Promise<void> {
  installation = await openInstallation({ village: { ...village(people), lines: village(imported).lines } });
}

/** Files everybody under their keys, as an import does. */
async function fileKeys(): Promise<void> {
  await fillMatchKeys(installation.context.db, installation.context.matcher.keys);
}

async function personId(ref: string): Promise<string> {
  const [row] = await installation.rows<{ id: string }>('select id from person where ref = $1', [ref]);
  return row!.id;
}

interface NamedLine {
  readonly source: string;
  readonly ownReference: string;
  readonly reference: string;
  readonly certificate: readonly { readonly field: string; readonly left: string; readonly right: string }[];
}

/** Comparisons with other lines in the last decision about a person. */
async function linesNamed(ref: string): Promise<readonly NamedLine[]> {
  const [row] = await installation.rows<{ certificate: NamedLine[] }>(
    `select d.certificate from decision d join enrolment e on e.id = d.enrolment_id join person p on p.id = e.person_id
      where p.ref = $1 order by d.id desc limit 1`,
    [ref],
  );
  return row!.certificate.filter(({ source }) => source === 'rnu-line');
}

describe('one human on two lines', () => {
  it('is seen when the first carries another person’s number and no registry links them', async () => {
    const neighbour = villager({ household: 'SN-0003', number: 1, givenNames: 'Ousmane', familyName: 'SARR' });
    await open([{ ...elsewhere, birth: '1974-08-25', numberOnLine: numberOf(neighbour) }, atHome, neighbour]);
    await fileKeys();
    await night(installation);
    expect(await outcomes(installation)).toMatchObject({
      'SN-0001/1': 'needs-review DOUBLON_RNU',
      'SN-0002/1': expect.stringMatching(/^needs-review NIN_AUTRE_PERSONNE .*DOUBLON_RNU/),
    });
    expect(carriedOut(installation)['SN-0001/1']).toBeUndefined();
  });

  it('is shown to whoever decides, each line from its own side', async () => {
    await open([atHome, { ...elsewhere, birth: '1974-08-25' }]);
    // Whoever of two visits at once looks first sees nobody yet, and a line that is in doubt anyway is decided on once.
    await fileKeys();
    await night(installation);
    const birth = (line: NamedLine | undefined): unknown => line?.certificate.find(({ field }) => field === 'birth');
    const [fromHome] = await linesNamed('SN-0001/1');
    const [fromElsewhere] = await linesNamed('SN-0002/1');
    expect(fromHome).toMatchObject({ ownReference: 'SN-0001/1', reference: 'SN-0002/1' });
    expect(fromElsewhere).toMatchObject({ ownReference: 'SN-0002/1', reference: 'SN-0001/1' });
    expect(birth(fromHome)).toMatchObject({ left: '1974-08-23', right: '1974-08-25' });
    expect(birth(fromElsewhere)).toMatchObject({ left: '1974-08-25', right: '1974-08-23' });
  });

  it('keeps the first where they are, and the repeat of a later batch waits', async () => {
    await open([atHome, elsewhere], [atHome]);
    await night(installation);
    await installation.import(village([elsewhere]).lines, 'LOT-2');
    await night(installation);
    expect(await outcomes(installation)).toMatchObject({
      'SN-0001/1': 'enrolled',
      'SN-0002/1': expect.stringContaining('DOUBLON_RNU'),
    });
  });

  it('stops the first before it is sent when only the second, verified later, could see it', async () => {
    await open([atHome, elsewhere]);
    const runId = await openRunOf(installation);
    const [first] = await installation.rows<{ id: string }>('select household_id as id from household_work order by 1');
    await verifyHousehold(installation.context, first!.id);
    expect((await outcomes(installation))['SN-0001/1']).toBe('confirmed');
    await workThrough(installation, runId);
    expect((await outcomes(installation))['SN-0001/1']).toBe('needs-review DOUBLON_RNU');
    expect(await linesNamed('SN-0001/1')).toMatchObject([{ ownReference: 'SN-0001/1', reference: 'SN-0002/1' }]);
    expect(carriedOut(installation)).toEqual({});
  });

  it('is seen by whoever looks second, however two visits fall together', async () => {
    const pairs = Array.from({ length: 6 }, (_, index) => {
      const human = {
        ...badiane,
        birth: `19${60 + 3 * index}-0${index + 1}-17`,
        givenNames: `Souleymane ${'IJKLMN'[index]}ba`,
      };
      return [1, 2].map((side) =>
        villager({ ...atHome, ...human, household: `SN-${side}0${index}`, ...(side === 2 && { card: null }) }),
      );
    });
    await open(pairs.flat());
    // No keys are filed: each visit files its own household's beside the others.
    const runId = await openRunOf(installation);
    const households = await installation.rows<{ id: string }>('select household_id as id from household_work');
    await Promise.all(households.map(({ id }) => verifyHousehold(installation.context, id)));
    await workThrough(installation, runId);
    expect(carriedOut(installation)).toEqual({});
    const seen = await installation.rows(
      `select distinct least(person_id, other_id), greatest(person_id, other_id) from suspected_duplicate`,
    );
    expect(seen).toHaveLength(pairs.length);
  });

  it('is seen after the line of one is corrected, and no more under the former data', async () => {
    const before = villager({ ...elsewhere, givenNames: 'Aliou', familyName: 'TENDENG', birth: '1990-01-02' });
    await open([atHome, elsewhere], [before]);
    await fileKeys();
    const keys = (): Promise<{ key: string }[]> => installation.rows('select key from match_key order by key');
    const former = await keys();
    await installation.import(village([atHome, elsewhere]).lines, 'LOT-2');
    await night(installation);
    expect((await outcomes(installation))['SN-0001/1']).toBe('needs-review DOUBLON_RNU');
    const now = new Set((await keys()).map(({ key }) => key));
    const commonToAll = former.filter(({ key }) => now.has(key));
    expect(commonToAll).toEqual([]);
  });
});

describe('two people stay two', () => {
  it('who are twins', async () => {
    const twin = (number: number, givenNames: string): Villager =>
      villager({ household: 'SN-0001', number, givenNames, familyName: 'FAYE', birth: '1999-04-30' });
    await open([twin(1, 'Adama'), twin(2, 'Awa')]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled', 'SN-0001/2': 'enrolled' });
  });

  it('who are namesakes of different communes', async () => {
    const line = { moisNaissance: '5', jourNaissance: '' };
    const namesake = { givenNames: 'Fatou', familyName: 'NDIAYE', sex: 'F' } as const;
    await open([
      villager({ household: 'SN-0001', number: 1, ...namesake, card: { nin: '2317198000482' }, line }),
      villager({
        ...{ household: 'SN-0002', number: 1, ...namesake },
        line: { ...line, commune: 'MBOUR', departement: 'MBOUR', region: 'THIES' },
      }),
    ]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'enrolled', 'SN-0002/1': 'enrolled' });
  });

  it('whom a named person declared to be two', async () => {
    await open([atHome, elsewhere]);
    const personIds = [await personId('SN-0002/1'), await personId('SN-0001/1')] as const;
    const word = { personIds, by: 'A. Sow', because: 'vus tous deux au village' };
    expect(await breakLink(installation.context.db, word)).toBe(true);
    expect(await breakLink(installation.context.db, { ...word, by: 'B. Fall' })).toBe(false);
    await night(installation);
    expect((await outcomes(installation))['SN-0001/1']).toBe('enrolled');
    expect(await linesNamed('SN-0002/1')).toEqual([]);
  });

  it('when one was discarded by a person', async () => {
    await open([atHome, elsewhere], [elsewhere]);
    await night(installation);
    await installation.rows(`update enrolment set state = 'discarded-duplicate'`);
    await installation.import(village([atHome]).lines, 'LOT-2');
    await night(installation);
    expect((await outcomes(installation))['SN-0001/1']).toBe('enrolled');
  });
});

describe('what an interruption leaves', () => {
  it('is filed by whoever verifies, when nothing was filed after the import', async () => {
    await open([atHome, elsewhere]);
    expect(await installation.rows('select 1 from match_keys_due')).toHaveLength(2);
    expect(await installation.rows('select 1 from match_key')).toEqual([]);
    await night(installation);
    expect(await installation.rows('select 1 from match_keys_due')).toEqual([]);
    expect((await outcomes(installation))['SN-0001/1']).toBe('needs-review DOUBLON_RNU');
  });
});
