/** Content of the file given to `--http`. */
export interface KeptHead {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** One answer as somebody kept it, and what decoding must say of it. */
export interface StoredCase {
  readonly name: string;
  readonly body: string | Buffer;
  /** Absent: the option is not used. */
  readonly http?: KeptHead;
  readonly operation?: 'read' | 'write';
  /** A part of the result. */
  readonly expected: object;
  /** Members the result must not have, `header.userId` included. */
  readonly absent?: readonly string[];
}
