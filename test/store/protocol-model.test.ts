import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { ProtocolWorld, type Step } from './protocol-world.ts';

const HOUSEHOLDS = 300;
const SEED = Number(process.env['PNBSF_MODEL_SEED'] ?? Date.now() % 2 ** 31);
const TIME_LIMIT_MS = 15_000;

const people = Array.from({ length: HOUSEHOLDS }, (_, index) => `SN-${1_000 + index}`).flatMap((household) => [
  villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
  villager({ household, number: 2, givenNames: 'Awa', familyName: 'NDIAYE', sex: 'F', relationship: 2 }),
]);

/** Everybody confirmed and due, in a run that registers. */
const READY = `
  update run set state = 'registering';
  update household_work set verify_due = null, register_due = now();
  update enrolment set state = 'confirmed', step = 'register', identity = jsonb_build_object('familyName', 'NDIAYE',
    'givenNames', 'Moussa', 'nationalId', null, 'birthRecordKey', null, 'sex', 'M', 'birth', '1980-05-12')`;

let installation: Installation;
let households: string[];
beforeAll(async () => {
  installation = await openInstallation({ village: village(people), settings: { PNBSF_SETTLE_MS: '4000' } });
  await openRunOf(installation);
  await installation.rows(READY);
  const rows = await installation.rows<{ id: string }>('select id from household order by id');
  households = rows.map(({ id }) => id);
}, 60_000);
afterAll(() => installation.close());

const worker = fc.constantFrom(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), worker }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      worker,
      how: fc.constantFrom('truth' as const, 'lost' as const, 'lost' as const, 'refused-early' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('act' as const), request: fc.nat({ max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('tick' as const), ms: fc.constantFrom(100, 300, 1_500, 7_000) }),
  },
);

/** A visit that is answered at once; single steps alone would seldom bring a second sending about. */
const visit = fc
  .record({ worker, how: fc.constantFrom('truth' as const, 'lost' as const) })
  .map(({ worker: who, how }): readonly Step[] => [
    { do: 'start', worker: who },
    { do: 'answer', worker: who, how },
  ]);
const phrase = fc.oneof(
  { weight: 2, arbitrary: step.map((one): readonly Step[] => [one]) },
  { weight: 2, arbitrary: visit },
);

interface Ending {
  readonly ref: string;
  readonly state: string;
  readonly recorded: number;
}

describe('two workers, crashes, lost and late answers, in any order', () => {
  it('register everybody once, record what was registered, and write nothing in a household taken over', async () => {
    process.stderr.write(`protocol model: PNBSF_MODEL_SEED=${SEED}\n`);
    const seen = { played: 0 };
    const property = fc.asyncProperty(fc.array(phrase, { minLength: 4, maxLength: 20 }), async (phrases) => {
      const id = households.pop();
      if (id === undefined) return;
      const world = new ProtocolWorld(installation, id);
      await world.play(phrases.flat());
      await world.end();
      const endings = await installation.rows<Ending>(
        `select p.ref, e.state, (select count(*)::int from registration g where g.enrolment_id = e.id) as recorded
           from enrolment e join person p on p.id = e.person_id where e.household_id = $1 order by 1`,
        [id],
      );
      const registered = world.effects.map(({ personRef }) => personRef).sort();
      expect({ registered, overwritten: world.overwritten }).toEqual({
        registered: endings.map(({ ref }) => ref),
        overwritten: 0,
      });
      expect(endings.map(({ state, recorded }) => `${state} ${recorded}`)).toEqual(endings.map(() => 'enrolled 1'));
      seen.played += 1;
    });
    await fc.assert(property, {
      seed: SEED,
      numRuns: HOUSEHOLDS / 2,
      interruptAfterTimeLimit: TIME_LIMIT_MS,
      markInterruptAsFailure: false,
    });
    process.stderr.write(`protocol model: ${seen.played} interleavings\n`);
    expect(seen.played).toBeGreaterThan(10);
  }, 60_000);
});
