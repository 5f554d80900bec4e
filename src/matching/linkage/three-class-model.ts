import { levelCount } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';
import type { LevelShares, LinkagePolicy } from './linkage-policy.ts';
import { familyShares, matchShares, strangerShares } from './linkage-policy.ts';
import type { Pattern } from './pattern-book.ts';
import type { SlotLayout, SlotRow } from './slot-layout.ts';

/** What is known of one class of pairs: its share among all pairs, and the probability of every slot. */
export interface PairClass {
  readonly share: number;
  readonly slots: Float64Array;
}

/** Same person, same family, or nothing to do with each other. */
export interface ThreeClassModel {
  readonly layout: SlotLayout;
  readonly match: PairClass;
  /** Kinds of relatives, summed where "same family" is asked for. */
  readonly families: readonly PairClass[];
  readonly unrelated: PairClass;
}

/** What the model learns from. */
export interface Observations {
  readonly candidates: readonly Pattern[];
  /** Patterns of pairs drawn blindly: what strangers look like. */
  readonly blind: readonly Pattern[];
  /** Number of all possible pairs, candidates or not. */
  readonly allPairs: number;
  /** Rows of the smaller file. */
  readonly rows: number;
  readonly sameFile: boolean;
}

const ROUNDS = 25;
/** Blind pairs that a field's overall shares weigh as much as, where they depend on another field. */
const STRANGER_STRENGTH = 20;
/** Counted for every level of strangers where many were drawn, so that what was not drawn stays possible. */
const UNSEEN = 0.5;
/** Blind pairs that are many. */
const MANY_DRAWN = 2000;
/** Rows of the smaller file that the expected number of pairs weighs as much as. */
const ROWS_EXPECTED = 20;
/** Most relatives among all pairs that are expected of a small file. */
const MOST_RELATED = 0.1;

/**
 * Learns the three classes by expectation–maximisation on pattern counts, held by the policy's expectations: where true
 * pairs are rare, learning alone drifts to whatever group is large. Deterministic.
 */
export function learnThreeClasses(layout: SlotLayout, seen: Observations, policy: LinkagePolicy): ThreeClassModel {
  let model = startingModel(layout, seen, policy);
  for (let round = 0; round < ROUNDS; round++) model = learnOnce(model, seen, policy);
  return model;
}

/** Probability of a pattern in a class, times the class's share. Missing values say nothing. */
export function weightIn(pairClass: PairClass, slots: Int32Array): number {
  let weight = pairClass.share;
  for (const slot of slots) if (slot >= 0) weight *= pairClass.slots[slot] ?? 1;
  return weight;
}

/** What is expected of one kind of relatives before the data speaks. */
interface FamilyKind {
  readonly pairsPerRow: number;
  shares(field: LinkageField): LevelShares;
}

/**
 * Relatives in one home, and, inside one file, a person and the second record of a relative: such a pair lives where two
 * records of one person live, and only name, date, sex and number tell it from one. None where no family is expected.
 */
function familyKinds(seen: Observations, policy: LinkagePolicy): readonly FamilyKind[] {
  if (policy.relativesPerRow === 0) return [];
  const atHome: FamilyKind = { pairsPerRow: policy.relativesPerRow, shares: (field) => familyShares(policy, field) };
  if (!seen.sameFile) return [atHome];
  const throughCopy: FamilyKind = {
    pairsPerRow: 2 * policy.relativesPerRow * policy.duplicatesPerRow,
    shares: (field) => (isWhereabouts(field) ? matchShares(policy, field, true) : familyShares(policy, field)),
  };
  return [atHome, throughCopy];
}

const WHEREABOUTS = ['region', 'commune', 'postal_code', 'address', 'phone', 'household_id'];

function isWhereabouts(field: LinkageField): boolean {
  return WHEREABOUTS.includes(field.name);
}

function startingModel(layout: SlotLayout, seen: Observations, policy: LinkagePolicy): ThreeClassModel {
  const unrelated = new Float64Array(layout.size);
  const weight = blindWeight(seen);
  for (const pattern of seen.blind) addTo(unrelated, pattern.slots, pattern.count * weight);
  const nothing = new Float64Array(layout.size);
  const matches = seen.rows * (seen.sameFile ? policy.duplicatesPerRow : policy.matchesPerRow);
  const relatives = familyKinds(seen, policy).map((kind) => relativesExpected(seen, kind));
  return modelFrom(layout, seen, policy, {
    match: { pairs: matches, counts: nothing },
    families: relatives.map((pairs) => ({ pairs, counts: nothing })),
    unrelated,
  });
}

function relativesExpected({ rows, allPairs }: Observations, kind: FamilyKind): number {
  return Math.min(rows * kind.pairsPerRow, MOST_RELATED * allPairs);
}

/** In small files each pair is drawn many times, and counts once. */
function blindWeight({ blind, allPairs }: Observations): number {
  const drawn = blind.reduce((sum, { count }) => sum + count, 0);
  return Math.min(1, allPairs / Math.max(1, drawn));
}

/** Pairs assigned to a class, and how often each slot occurred among them. */
interface ClassCounts {
  pairs: number;
  readonly counts: Float64Array;
}

interface AllCounts {
  readonly match: ClassCounts;
  readonly families: readonly ClassCounts[];
  readonly unrelated: Float64Array;
}

function learnOnce(model: ThreeClassModel, seen: Observations, policy: LinkagePolicy): ThreeClassModel {
  const { layout } = model;
  const none = (): ClassCounts => ({ pairs: 0, counts: new Float64Array(layout.size) });
  const all: AllCounts = {
    match: none(),
    families: model.families.map(none),
    unrelated: new Float64Array(layout.size),
  };
  for (const { slots, count } of seen.candidates) {
    const match = weightIn(model.match, slots);
    const families = model.families.map((family) => weightIn(family, slots));
    const total = families.reduce((sum, weight) => sum + weight, match + weightIn(model.unrelated, slots));
    assign(all.match, slots, (match / total) * count);
    families.forEach((weight, at) => {
      const family = all.families[at];
      if (family) assign(family, slots, (weight / total) * count);
    });
  }
  const weight = blindWeight(seen);
  for (const { slots, count } of seen.blind) {
    const unrelated = weightIn(model.unrelated, slots);
    const others = model.families.reduce((sum, family) => sum + weightIn(family, slots), weightIn(model.match, slots));
    addTo(all.unrelated, slots, (unrelated / (unrelated + others)) * count * weight);
  }
  return modelFrom(layout, seen, policy, all);
}

function assign(to: ClassCounts, slots: Int32Array, times: number): void {
  to.pairs += times;
  if (times > 1e-9) addTo(to.counts, slots, times);
}

function modelFrom(layout: SlotLayout, seen: Observations, policy: LinkagePolicy, all: AllCounts): ThreeClassModel {
  const unrelated = strangerSlots(layout, all.unrelated, policy);
  const shareOf = (pairs: number, expected: number): number =>
    Math.max(1e-12, (pairs * seen.rows + expected * ROWS_EXPECTED) / (seen.rows + ROWS_EXPECTED) / seen.allPairs);
  const matches = seen.rows * (seen.sameFile ? policy.duplicatesPerRow : policy.matchesPerRow);
  const match = { share: shareOf(all.match.pairs, matches), slots: matchSlots(layout, all.match.counts, policy, seen) };
  const families = familyKinds(seen, policy).map((kind, at) => {
    const found = all.families[at] ?? { pairs: 0, counts: new Float64Array(layout.size) };
    return {
      share: shareOf(found.pairs, relativesExpected(seen, kind)),
      slots: familySlots(layout, found.counts, unrelated, kind, policy),
    };
  });
  const related = families.reduce((sum, family) => sum + family.share, match.share);
  return { layout, match, families, unrelated: { share: Math.max(0, 1 - related), slots: unrelated } };
}

function addTo(counts: Float64Array, slots: Int32Array, times: number): void {
  for (const slot of slots) if (slot >= 0) counts[slot] = (counts[slot] ?? 0) + times;
}

function matchSlots(
  layout: SlotLayout,
  counts: Float64Array,
  policy: LinkagePolicy,
  { rows, sameFile }: Observations,
): Float64Array {
  const slots = new Float64Array(layout.size);
  const expected = policy.duplicatesPerRow * rows;
  const strength = policy.matchStrength + (sameFile ? policy.sameFileMatchStrength * expected : 0);
  const care = sameFile ? carelessness(layout, counts, policy) : 1;
  for (const row of layout.rows) {
    const shares = matchShares(policy, row.field, sameFile);
    const written = WRITTEN_BY_CLERKS.includes(row.field.name);
    blend(slots, row, counts, written ? withErrors(rowShares(row, shares), care) : rowShares(row, shares), strength);
  }
  return slots;
}

/** Fields in which two records of one person differ because somebody wrote carelessly. */
const WRITTEN_BY_CLERKS: readonly string[] = [
  'given_names',
  'family_name',
  'date_of_birth',
  'place_of_birth',
  'father_given',
  'mother_given',
  'mother_family',
];
/** Differing levels that "as careless as expected" weighs as much as. */
const CARELESSNESS_CAUTION = 30;
const [LEAST_CARELESS, MOST_CARELESS] = [0.5, 2.5];

/**
 * How many times the expected errors the records of this job show. Where true pairs are rare, no level by itself may be
 * learned from them, but this one number may: it rests on all of them together.
 */
function carelessness(layout: SlotLayout, counts: Float64Array, policy: LinkagePolicy): number {
  let [seen, expected] = [CARELESSNESS_CAUTION, CARELESSNESS_CAUTION];
  for (const row of layout.rows) {
    if (!WRITTEN_BY_CLERKS.includes(row.field.name)) continue;
    const [best = 1] = rowShares(row, matchShares(policy, row.field, true));
    const own = counts.subarray(row.start, row.start + row.width);
    const total = own.reduce((sum, count) => sum + count, 0);
    seen += total - (own[0] ?? 0);
    expected += total * (1 - best);
  }
  return Math.min(MOST_CARELESS, Math.max(LEAST_CARELESS, seen / expected));
}

/** Shares of a row's own levels, which add up to 1. */
function rowShares(row: SlotRow, shares: readonly number[]): readonly number[] {
  const own = shares.slice(row.firstLevel, row.firstLevel + row.width);
  const total = own.reduce((sum, share) => sum + share, 0);
  return own.map((share) => share / total);
}

/** The same shares with so many times the errors, at most nine in ten. */
function withErrors(shares: readonly number[], times: number): readonly number[] {
  const wrong = 1 - (shares[0] ?? 1);
  const factor = wrong === 0 ? 1 : Math.min(times, 0.9 / wrong);
  return shares.map((share, level) => (level === 0 ? 1 - wrong * factor : share * factor));
}

/** What relatives do not share is as among strangers, but some bear the same name, and some give a relative's number. */
function familySlots(
  layout: SlotLayout,
  counts: Float64Array,
  unrelated: Float64Array,
  kind: FamilyKind,
  policy: LinkagePolicy,
): Float64Array {
  const slots = new Float64Array(layout.size);
  for (const row of layout.rows) {
    if (row.field.inFamily === 'shared') {
      blend(slots, row, counts, rowShares(row, kind.shares(row.field)), policy.familyStrength);
      continue;
    }
    for (let at = row.start; at < row.start + row.width; at++) slots[at] = unrelated[at] ?? 0;
    if (row.field.name === 'given_names') mixAgreeing(slots, row, policy.namesakeShare);
    if (row.field.name === 'national_id') mixAgreeing(slots, row, policy.relativesNumberShare);
  }
  return slots;
}

/** Adds a share of pairs that agree at the best level to those that agree by chance. */
function mixAgreeing(slots: Float64Array, row: SlotRow, share: number): void {
  for (let at = row.start; at < row.start + row.width; at++) slots[at] = (slots[at] ?? 0) * (1 - share);
  slots[row.start] = (slots[row.start] ?? 0) + share;
}

/** Blind pairs miss rare levels: each row leans on the field's overall shares, those on the policy's expectations. */
function strangerSlots(layout: SlotLayout, counts: Float64Array, policy: LinkagePolicy): Float64Array {
  const slots = new Float64Array(layout.size);
  const overall = new Map<string, Float64Array>();
  for (const row of layout.rows) {
    const sums = overall.get(row.field.name) ?? new Float64Array(levelCount(row.field.kind));
    for (let at = 0; at < row.width; at++)
      sums[row.firstLevel + at] = (sums[row.firstLevel + at] ?? 0) + (counts[row.start + at] ?? 0);
    overall.set(row.field.name, sums);
  }
  for (const row of layout.rows) {
    const sums = overall.get(row.field.name) ?? new Float64Array(0);
    const expected = strangerShares(policy, row.field);
    const total = sums.reduce((sum, count) => sum + count, 0);
    const unseen = (UNSEEN * total) / (total + MANY_DRAWN);
    const held = Array.from(sums, (sum, level) => sum + unseen + policy.strangerStrength * (expected[level] ?? 0));
    blend(slots, row, counts, rowShares(row, held), STRANGER_STRENGTH, unseen);
  }
  return slots;
}

/** Shares of a row's levels: counted ones, held by `strength` pairs that lie as `expected`. */
function blend(
  slots: Float64Array,
  row: SlotRow,
  counts: Float64Array,
  expected: readonly number[],
  strength: number,
  unseen = 0,
): void {
  let total = strength + unseen * row.width;
  for (let at = 0; at < row.width; at++) total += counts[row.start + at] ?? 0;
  for (let at = 0; at < row.width; at++) {
    const share = expected[at] ?? 0;
    const seen = (counts[row.start + at] ?? 0) + unseen + strength * share;
    slots[row.start + at] = total === 0 ? share : seen / total;
  }
}
