import type { CandidatePairs } from './pair-store.ts';

/** Pairs further below even odds than this change nobody's probability by a thousandth. */
const LEAST_BITS = -12;
/** Beyond this a probability is 1 for every use, and differences of sums stay exact. */
const MOST_BITS = 32;
/** Messages settle within a few rounds: rows have a handful of candidates. */
const ROUNDS = 12;
/** However many rows were found in the other file, a row may always be missing there. */
const MOST_FOUND = 0.97;

/** A handful of rows says little of how many have their counterpart. */
const ROWS_UNSEEN = 10;

/** How many rows there are, and how often somebody stands twice in one of two files that should list people once. */
export interface Occupancy {
  readonly left: number;
  readonly right: number;
  readonly repeatedShare: number;
}

/**
 * Probabilities of pairs between two files. A person stands once in a file, save `repeatedShare`, so that candidates of
 * one row exclude each other; and the more rows have their counterpart, the likelier a row's only good candidate is it.
 * Sum–product messages on the graph of pairs: exact where it has no loops. `bits` are log₂ odds of each pair by itself.
 */
export function exclusiveScores(pairs: CandidatePairs, bits: Float64Array, occupancy: Occupancy): Float64Array {
  const edges = strongEdges(bits);
  const scores = Float64Array.from(bits, probability);
  const alone = sumOf(edges.pair, scores);
  const work = new MessageBoard(pairs, edges, occupancy);
  let matches = alone;
  for (let round = 0; round < ROUNDS; round++) matches = work.pass(alone, matches);
  work.writeScores(scores);
  return scores;
}

interface Edges {
  readonly pair: Uint32Array;
  /** Odds of the pair by itself. */
  readonly odds: Float64Array;
}

function strongEdges(bits: Float64Array): Edges {
  let count = 0;
  for (const own of bits) if (own >= LEAST_BITS) count++;
  const edges = { pair: new Uint32Array(count), odds: new Float64Array(count) };
  let at = 0;
  for (let pair = 0; pair < bits.length; pair++) {
    const own = bits[pair] ?? 0;
    if (own < LEAST_BITS) continue;
    edges.pair[at] = pair;
    edges.odds[at] = 2 ** Math.min(MOST_BITS, own);
    at++;
  }
  return edges;
}

function sumOf(at: Uint32Array, scores: Float64Array): number {
  let sum = 0;
  for (const pair of at) sum += scores[pair] ?? 0;
  return Math.max(sum, 1e-9);
}

class MessageBoard {
  readonly #pairs: CandidatePairs;
  readonly #edges: Edges;
  readonly #occupancy: Occupancy;
  /** What a row says to the other end of an edge: how free it is. */
  readonly #fromLeft: Float64Array;
  readonly #fromRight: Float64Array;
  /** Odds that reach a row over all of its edges. */
  readonly #atLeft: Float64Array;
  readonly #atRight: Float64Array;
  /** Their squares, summed: what two of them make together is the square of the sum less these. */
  readonly #squaresLeft: Float64Array;
  readonly #squaresRight: Float64Array;
  #prior = 1;

  constructor(pairs: CandidatePairs, edges: Edges, occupancy: Occupancy) {
    this.#pairs = pairs;
    this.#edges = edges;
    this.#occupancy = occupancy;
    this.#fromLeft = new Float64Array(edges.pair.length).fill(1);
    this.#fromRight = new Float64Array(edges.pair.length).fill(1);
    this.#atLeft = new Float64Array(occupancy.left);
    this.#atRight = new Float64Array(occupancy.right);
    this.#squaresLeft = new Float64Array(occupancy.left);
    this.#squaresRight = new Float64Array(occupancy.right);
  }

  /** One round of messages; `matches` are those expected so far. Gives those expected now. */
  pass(alone: number, matches: number): number {
    const { left, right } = this.#occupancy;
    const free = (rows: number): number => 1 - Math.min(MOST_FOUND, matches / (rows + ROWS_UNSEEN));
    this.#prior = matches / alone / (free(left) * free(right));
    this.#collect();
    const { pair, odds } = this.#edges;
    let found = 0;
    for (let edge = 0; edge < pair.length; edge++) {
      const at = pair[edge] ?? 0;
      const own = (odds[edge] ?? 0) * this.#prior;
      const [i, j] = [this.#pairs.left[at] ?? 0, this.#pairs.right[at] ?? 0];
      const toLeft = own * (this.#fromRight[edge] ?? 1);
      const toRight = own * (this.#fromLeft[edge] ?? 1);
      const freeLeft = this.#freedom((this.#atLeft[i] ?? 0) - toLeft, (this.#squaresLeft[i] ?? 0) - toLeft ** 2);
      const freeRight = this.#freedom((this.#atRight[j] ?? 0) - toRight, (this.#squaresRight[j] ?? 0) - toRight ** 2);
      this.#fromLeft[edge] = freeLeft;
      this.#fromRight[edge] = freeRight;
      const together = own * freeLeft * freeRight;
      found += together / (1 + together);
    }
    return Math.max(found, 1e-9);
  }

  writeScores(scores: Float64Array): void {
    const { pair, odds } = this.#edges;
    for (let edge = 0; edge < pair.length; edge++) {
      const together = (odds[edge] ?? 0) * this.#prior * (this.#fromLeft[edge] ?? 1) * (this.#fromRight[edge] ?? 1);
      scores[pair[edge] ?? 0] = together / (1 + together);
    }
  }

  #collect(): void {
    this.#atLeft.fill(0);
    this.#atRight.fill(0);
    this.#squaresLeft.fill(0);
    this.#squaresRight.fill(0);
    const { pair, odds } = this.#edges;
    for (let edge = 0; edge < pair.length; edge++) {
      const at = pair[edge] ?? 0;
      const own = (odds[edge] ?? 0) * this.#prior;
      const [i, j] = [this.#pairs.left[at] ?? 0, this.#pairs.right[at] ?? 0];
      const toLeft = own * (this.#fromRight[edge] ?? 1);
      const toRight = own * (this.#fromLeft[edge] ?? 1);
      this.#atLeft[i] = (this.#atLeft[i] ?? 0) + toLeft;
      this.#atRight[j] = (this.#atRight[j] ?? 0) + toRight;
      this.#squaresLeft[i] = (this.#squaresLeft[i] ?? 0) + toLeft ** 2;
      this.#squaresRight[j] = (this.#squaresRight[j] ?? 0) + toRight ** 2;
    }
  }

  /**
   * Odds that a row takes one pair more, given the odds of its others and their squares: none when it is taken, save that
   * a person may be there twice. Differences of sums may come out a little below zero.
   */
  #freedom(others: number, squares: number): number {
    const again = this.#occupancy.repeatedShare;
    const elsewhere = Math.max(0, others);
    const two = Math.max(0, elsewhere ** 2 - Math.max(0, squares)) / 2;
    return (1 + again * elsewhere) / (1 + elsewhere + again * two);
  }
}

function probability(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}
