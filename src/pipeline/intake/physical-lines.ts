const LF = 0x0a;
const CR = 0x0d;

/**
 * Longest physical line kept. A full member line is under 1 KiB; what is a hundred times longer is damage, and keeping
 * it whole would let one lost line end bring the process down.
 */
export const MAX_LINE_BYTES = 64 * 1024;

/** Bytes between two line ends, without the end itself. */
export interface PhysicalLine {
  /** From 1, as an editor shows it. */
  readonly number: number;
  readonly bytes: Buffer;
  /** False only for last bytes of a file that are not followed by a line end. */
  readonly ended: boolean;
  /** The line was longer than `MAX_LINE_BYTES`; `bytes` is its beginning. */
  readonly overlong: boolean;
}

/** Cuts a byte stream at LF, CR LF or CR, whichever comes, in memory bounded by `MAX_LINE_BYTES` and one chunk. */
export class PhysicalLineSplitter {
  #number = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #overlong = false;
  /** The last chunk ended in CR: an LF opening the next one belongs to it. */
  #swallowLf = false;

  push(chunk: Buffer): PhysicalLine[] {
    const lines: PhysicalLine[] = [];
    let start = this.#swallowLf && chunk[0] === LF ? 1 : 0;
    if (chunk.length > 0) this.#swallowLf = false;
    let lf = chunk.indexOf(LF, start);
    let cr = chunk.indexOf(CR, start);
    while (lf !== -1 || cr !== -1) {
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#finish(true));
      start = end + 1;
      if (end === cr) {
        if (chunk[start] === LF) start += 1;
        else if (start === chunk.length) this.#swallowLf = true;
        cr = chunk.indexOf(CR, start);
      }
      if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start);
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** What is left when the stream ends: at most one line, not ended. */
  end(): PhysicalLine[] {
    return this.#kept.length === 0 ? [] : [this.#finish(false)];
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    const room = MAX_LINE_BYTES - this.#keptBytes;
    if (part.length > room) this.#overlong = true;
    if (room <= 0) return;
    const kept = part.subarray(0, room);
    this.#kept.push(kept);
    this.#keptBytes += kept.length;
  }

  #finish(ended: boolean): PhysicalLine {
    const [only] = this.#kept;
    const bytes = this.#kept.length === 1 && only !== undefined ? only : Buffer.concat(this.#kept);
    const line = { number: ++this.#number, bytes, ended, overlong: this.#overlong };
    this.#kept = [];
    this.#keptBytes = 0;
    this.#overlong = false;
    return line;
  }
}
