import { readFileSync } from 'node:fs';

import { findDuplicates, linkTables } from '../../../src/matching/linkage/link-tables.ts';
import type { LinkageKnowledge, LinkedPair } from '../../../src/matching/linkage/link-tables.ts';
import { parseLinkagePolicy } from '../../../src/matching/linkage/linkage-policy.ts';
import { createValuePools, readLinkageTable } from '../../../src/matching/linkage/linkage-table.ts';
import { lexicon, rule } from '../knowledge.ts';
import { Dice, synthesisePeople } from './synthetic-people.ts';
import { CIVIL_REGISTRY, COLUMNS, SOCIAL_REGISTRY, writtenRecord } from './written-records.ts';

export const policy = parseLinkagePolicy(
  readFileSync(new URL('../../../config/names/linkage-policy.json', import.meta.url), 'utf8'),
);

/** What a job must find, and what it found. */
export interface LabelledResult {
  readonly truth: ReadonlySet<string>;
  readonly pairs: readonly LinkedPair[];
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function knowledge(): LinkageKnowledge {
  return { lexicon, policy, pools: createValuePools(lexicon, rule.placeholderDays) };
}

/** Rows of a social registry and of a civil registry about overlapping parts of one population. */
export function twoRegistries(
  households: number,
  seed: number,
): { left: string[][]; right: string[][]; truth: Set<string> } {
  const people = synthesisePeople(households, seed);
  const dice = new Dice(seed + 1);
  const left: string[][] = [];
  const right: string[][] = [];
  const truth = new Set<string>();
  for (const person of people) {
    const inSocial = person.household % 5 < 3;
    const inCivil = dice.chance(0.65);
    if (inSocial) left.push(writtenRecord(`S${person.id}`, person, `H${person.household}`, SOCIAL_REGISTRY, dice));
    if (inCivil) right.push(writtenRecord(`C${person.id}`, person, '', CIVIL_REGISTRY, dice));
    if (inSocial && inCivil) truth.add(`S${person.id},C${person.id}`);
  }
  return { left, right, truth };
}

/** Rows of one batch in which some people stand twice, mostly in another household. */
export function batchWithDuplicates(households: number, seed: number): { rows: string[][]; truth: Set<string> } {
  const people = synthesisePeople(households, seed);
  const dice = new Dice(seed + 1);
  const rows: string[][] = [];
  const truth = new Set<string>();
  for (const person of people) {
    rows.push(writtenRecord(`S${person.id}`, person, `H${person.household}`, SOCIAL_REGISTRY, dice));
    if (!dice.chance(0.04)) continue;
    rows.push(writtenRecord(`D${person.id}`, person, `X${dice.below(households)}`, SOCIAL_REGISTRY, dice));
    truth.add(`S${person.id},D${person.id}`);
  }
  return { rows, truth };
}

export function matchRegistries(households: number, seed: number): LabelledResult {
  const { left, right, truth } = twoRegistries(households, seed);
  const known = knowledge();
  const [a, b] = [left, right].map((rows) => readLinkageTable(COLUMNS, rows, {}, known.pools));
  return { truth, pairs: linkTables(a!, b!, known) };
}

export function dedupeBatch(households: number, seed: number): LabelledResult {
  const { rows, truth } = batchWithDuplicates(households, seed);
  const known = knowledge();
  return { truth, pairs: findDuplicates(readLinkageTable(COLUMNS, rows, {}, known.pools), known) };
}

/** Precision and recall of the pairs that `accepts` takes. */
export function quality({ truth, pairs }: LabelledResult, accepts: (pair: LinkedPair) => boolean): Quality {
  const accepted = pairs.filter(accepts);
  const right = accepted.filter((pair) => truth.has(`${pair.leftId},${pair.rightId}`)).length;
  const [precision, recall] = [right / Math.max(1, accepted.length), right / truth.size];
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
