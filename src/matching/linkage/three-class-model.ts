import type { LinkagePolicy } from './linkage-policy.ts';
import { familyShares, matchShares } from './linkage-policy.ts';
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
  readonly family: PairClass;
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
/** Counted for every level of strangers, so that what was not drawn stays possible. */
const UNSEEN = 0.5;

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

function startingModel(layout: SlotLayout, seen: Observations, policy: LinkagePolicy): ThreeClassModel {
  const matches = seen.rows * (seen.sameFile ? policy.duplicatesPerRow : policy.matchesPerRow);
  const unrelated = new Float64Array(layout.size);
  for (const pattern of seen.blind) addTo(unrelated, pattern.slots, pattern.count);
  const unrelatedSlots = strangerSlots(layout, unrelated);
  const shares = { match: matches / seen.allPairs, family: (seen.rows * policy.relativesPerRow) / seen.allPairs };
  return {
    layout,
    match: {
      share: shares.match,
      slots: expectedSlots(layout, (row) => matchShares(policy, row.field, seen.sameFile)),
    },
    family: { share: shares.family, slots: familySlots(layout, new Float64Array(layout.size), unrelatedSlots, policy) },
    unrelated: { share: Math.max(0, 1 - shares.match - shares.family), slots: unrelatedSlots },
  };
}

function learnOnce(model: ThreeClassModel, seen: Observations, policy: LinkagePolicy): ThreeClassModel {
  const { layout } = model;
  const counts = { match: new Float64Array(layout.size), family: new Float64Array(layout.size) };
  const strangers = new Float64Array(layout.size);
  let [matches, relatives] = [0, 0];
  for (const { slots, count } of seen.candidates) {
    const shares = posterior(model, slots);
    matches += shares.match * count;
    relatives += shares.family * count;
    if (shares.match > 1e-9) addTo(counts.match, slots, shares.match * count);
    if (shares.family > 1e-9) addTo(counts.family, slots, shares.family * count);
  }
  for (const { slots, count } of seen.blind) addTo(strangers, slots, posterior(model, slots).unrelated * count);
  const unrelated = strangerSlots(layout, strangers);
  const share = { match: Math.max(matches, 1) / seen.allPairs, family: Math.max(relatives, 1) / seen.allPairs };
  return {
    layout,
    match: { share: share.match, slots: matchSlots(layout, counts.match, policy, seen.sameFile) },
    family: { share: share.family, slots: familySlots(layout, counts.family, unrelated, policy) },
    unrelated: { share: Math.max(0, 1 - share.match - share.family), slots: unrelated },
  };
}

function posterior(model: ThreeClassModel, slots: Int32Array): { match: number; family: number; unrelated: number } {
  const match = weightIn(model.match, slots);
  const family = weightIn(model.family, slots);
  const unrelated = weightIn(model.unrelated, slots);
  const total = match + family + unrelated;
  return { match: match / total, family: family / total, unrelated: unrelated / total };
}

function addTo(counts: Float64Array, slots: Int32Array, times: number): void {
  for (const slot of slots) if (slot >= 0) counts[slot] = (counts[slot] ?? 0) + times;
}

function expectedSlots(layout: SlotLayout, shares: (row: SlotRow) => readonly number[]): Float64Array {
  const slots = new Float64Array(layout.size);
  for (const row of layout.rows) slots.set(shares(row), row.start);
  return slots;
}

function matchSlots(layout: SlotLayout, counts: Float64Array, policy: LinkagePolicy, sameFile: boolean): Float64Array {
  const slots = new Float64Array(layout.size);
  for (const row of layout.rows)
    blend(slots, row, counts, matchShares(policy, row.field, sameFile), policy.matchStrength);
  return slots;
}

/** What relatives do not share is as among strangers, but some bear the same name, and some give a relative's number. */
function familySlots(
  layout: SlotLayout,
  counts: Float64Array,
  unrelated: Float64Array,
  policy: LinkagePolicy,
): Float64Array {
  const slots = new Float64Array(layout.size);
  for (const row of layout.rows) {
    if (row.field.inFamily === 'shared') {
      blend(slots, row, counts, familyShares(policy, row.field), policy.familyStrength);
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

/** Blind pairs miss rare levels: each row leans on the field's overall shares, and no level is ever impossible. */
function strangerSlots(layout: SlotLayout, counts: Float64Array): Float64Array {
  const slots = new Float64Array(layout.size);
  const overall = new Map<string, Float64Array>();
  for (const row of layout.rows) {
    const sums = overall.get(row.field.name) ?? new Float64Array(row.width);
    for (let level = 0; level < row.width; level++) sums[level] = (sums[level] ?? 0) + (counts[row.start + level] ?? 0);
    overall.set(row.field.name, sums);
  }
  for (const row of layout.rows) {
    const sums = overall.get(row.field.name) ?? new Float64Array(row.width);
    const total = sums.reduce((sum, value) => sum + value, 0);
    const shares = Array.from(sums, (value) => (value + UNSEEN) / (total + UNSEEN * row.width));
    blend(slots, row, counts, shares, STRANGER_STRENGTH, UNSEEN);
  }
  return slots;
}

function blend(
  slots: Float64Array,
  row: SlotRow,
  counts: Float64Array,
  shares: readonly number[],
  strength: number,
  unseen = 0,
): void {
  let total = strength + unseen * row.width;
  for (let level = 0; level < row.width; level++) total += counts[row.start + level] ?? 0;
  for (let level = 0; level < row.width; level++) {
    const at = row.start + level;
    const seen = (counts[at] ?? 0) + unseen + strength * (shares[level] ?? 0);
    slots[at] = total === 0 ? (shares[level] ?? 0) : seen / total;
  }
}
