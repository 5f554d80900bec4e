/**
 * `npm run bench -- routes`: how often the record that a route leads to is taken for the person's, by the rule alone and
 * by rule and score together, and how often wrongly, against the truth of made-up populations.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Route } from '../../src/matching/scoring/route.ts';
import { packageRoot } from '../../src/package-root.ts';
import type { Compared } from '../../src/pipeline/verify/assess-evidence.ts';
import { readReferenceData } from '../../src/reference-data.ts';
import { labelledPopulation, type LabelledPerson } from './labelled-people.ts';
import { registryAnswers, type LabelledBirthRecord } from './registry-answers.ts';
import type { RouteFigures, RoutesResult } from './routes-result.ts';
import { routesTable } from './routes-table.ts';
import { verifyOffline, type OfflineVerification } from './verify-offline.ts';

const RUN_DATE = '2026-11-21';

/** Runs the bench with the words of its command line; resolves to what is to be printed. */
export async function routesBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      people: { type: 'string', default: '20000' },
      seeds: { type: 'string', default: 'A,B,C' },
      errors: { type: 'string', default: '1' },
    },
  });
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1) throw new Error('--people: a whole number from 1');
  return routesTable(await measureRoutes(people, values.seeds.split(','), Number(values.errors)));
}

/** Verifies every person of one population per seed. */
export async function measureRoutes(people: number, seeds: readonly string[], errorRate = 1): Promise<RoutesResult> {
  const { matcher, policy, columns } = await readReferenceData(join(packageRoot(), 'config'));
  const routes = new Map<Route, RouteFigures>();
  const [outcomes, reasons] = [new Map<string, number>(), new Map<string, number>()];
  let wronglyConfirmed = 0;
  for (const seed of seeds) {
    const population = labelledPopulation({ people, seed, asOf: RUN_DATE, errorRate }, columns);
    const registries = registryAnswers(population.registries);
    for (const person of population.people) {
      const verified = verifyOffline(person, registries, { matcher, policy, runDate: RUN_DATE });
      count(outcomes, verified.outcome.to);
      if (verified.outcome.to === 'needs-review') for (const reason of verified.outcome.reasons) count(reasons, reason);
      wronglyConfirmed += tally(routes, person, verified, population.owners);
    }
  }
  return { people, seeds, routes, outcomes, reasons, wronglyConfirmed };
}

/** Adds a person's records to the figures; 1 when they were confirmed by somebody else's. */
function tally(
  routes: Map<Route, RouteFigures>,
  { truth }: LabelledPerson,
  { assessed, outcome }: OfflineVerification,
  owners: ReadonlyMap<string, string>,
): number {
  const add = (one: Compared<unknown>, key: string): boolean => {
    const isOwn = owners.get(key) === truth.human;
    const figures = routes.get(one.score.route) ?? noFigures();
    routes.set(one.score.route, figures);
    figures.records++;
    figures.own += isOwn ? 1 : 0;
    figures.squaredError += (one.probability - (isOwn ? 1 : 0)) ** 2;
    if (one.comparison.verdict === 'same') {
      figures.ruleSame++;
      figures.ruleWrong += isOwn ? 0 : 1;
    }
    if (one.certain) {
      figures.certain++;
      figures.wrong += isOwn ? 0 : 1;
    }
    return isOwn;
  };
  for (const cover of assessed.covers) add(cover, `cover:${cover.record.registrationCode}`);
  const card = assessed.idCard;
  const cardIsOwn = card === null || add(card, `nin:${card.record.nationalId}`);
  const acts = assessed.birthRecords.map((act) => ({
    act,
    isOwn: add(act, (act.record as LabelledBirthRecord).owner),
  }));
  if (outcome.to !== 'confirmed') return 0;
  if (card?.certain) return cardIsOwn ? 0 : 1;
  return acts.some(({ act, isOwn }) => act.certain && !isOwn) ? 1 : 0;
}

function noFigures(): RouteFigures {
  return { records: 0, own: 0, ruleSame: 0, ruleWrong: 0, certain: 0, wrong: 0, squaredError: 0 };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
