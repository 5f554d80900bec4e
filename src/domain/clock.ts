/** Time, injected. Wall time dates the evidence; only the monotonic reading may decide whether a lease still holds. */
export interface Clock {
  /** Wall time. */
  now(): Date;
  /** Milliseconds since some fixed point, never set back, also counted while the process is stopped. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
