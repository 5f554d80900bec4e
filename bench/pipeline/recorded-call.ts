/** A call as the product sent it, to be sent again as it is. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A call and the person it is about. */
export interface PersonCall extends RecordedCall {
  readonly person: string;
}

/** The calls of one household in one phase of the night: those of a round left together, the next when all were back. */
export type Rounds = readonly (readonly PersonCall[])[];

/** All calls of a night, by phase and household. */
export interface CallScript {
  readonly people: number;
  readonly calls: number;
  readonly verify: readonly Rounds[];
  readonly register: readonly Rounds[];
}

/** The message id a call carries: in a header, or in the envelope. */
export function messageIdOf({ headers, body }: RecordedCall): string | null {
  return headers['X-Road-Id'] ?? headers['x-road-id'] ?? /<xrd:id>([^<]+)<\/xrd:id>/.exec(body ?? '')?.[1] ?? null;
}
