/** The durations the steps work with, in milliseconds. One factor scales them all for a demonstration or a drill. */
export interface Times {
  /** How long a claimed household is ours; at least three write deadlines. */
  readonly leaseMs: number;
  /** Our own deadline of a registration. */
  readonly writeDeadlineMs: number;
  /**
   * After an unknown outcome SIGICMU may still act for this long: our deadline + its service timeout + waits in the
   * Security Servers. Looking earlier proves nothing; with a window of 0, 10 of 3 000 people were registered twice.
   */
  readonly settleMs: number;
  /** An outcome unknown for longer than this goes to a person. */
  readonly unknownAgeLimitMs: number;
  /** First pause after a transient failure; doubles with every further one, up to the longest, with full jitter. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Pause after a failure of the route, which burns no try: somebody must act on the connection. */
  readonly routePauseMs: number;
  /** Dependants look again this soon for their holder's registration. */
  readonly holderPauseMs: number;
  /** A run waits this long for what is deferred, then closes and reports it. */
  readonly runPatienceMs: number;
  /** Between two looks of the sweeper. */
  readonly sweepMs: number;
}
