import type { NamePool, PooledName } from './name-pool.ts';

/** Candidate keys of all pooled names in one flat array: they are read for every row in every pass. */
export class NameKeys {
  /** Where the keys of each name begin; one more than there are names. */
  readonly starts: Uint32Array;
  readonly keys: Uint32Array;

  /** `keysOf` says under which keys a name is looked for. */
  constructor(pool: NamePool, keysOf: (name: PooledName) => readonly number[] = (name) => name.keys) {
    this.starts = new Uint32Array(pool.size + 1);
    for (let id = 0; id < pool.size; id++) this.starts[id + 1] = (this.starts[id] ?? 0) + keysOf(pool.name(id)).length;
    this.keys = new Uint32Array(this.starts[pool.size] ?? 0);
    for (let id = 0; id < pool.size; id++) this.keys.set(keysOf(pool.name(id)), this.starts[id]);
  }
}
