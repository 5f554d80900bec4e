import { isUtf8 } from 'node:buffer';

const QUOTE = 0x22;
const SPACE = 0x20;
const NOT_ASCII = 0x80;
const MARK = 0xef;

/** Finds the cells of lines that need no further reading. */
export class PlainLine {
  /** Where the cells of the line read last lie: cell n from `bounds[2n]` to `bounds[2n+1]`. */
  readonly bounds: Int32Array;
  /** A line that is not ASCII was read as UTF-8. */
  hasUtf8 = false;
  readonly #separator: number;
  readonly #width: number;
  readonly #idAt: number;

  /** `idAt`: column whose cell must hold something; negative when there is none, and then no line is plain. */
  constructor(separator: string, width: number, idAt: number) {
    this.bounds = new Int32Array(2 * width);
    this.#separator = separator.charCodeAt(0);
    this.#width = width;
    this.#idAt = idAt;
  }

  /** Reads a line; false when it has a quote, another number of cells, another encoding, no id, or begins with a mark. */
  read(bytes: Buffer): boolean {
    if (this.#idAt < 0 || bytes[0] === MARK) return false;
    const last = this.#split(bytes);
    if (last !== this.#width - 1) return false;
    const [start, end] = [this.bounds[2 * this.#idAt] ?? 0, this.bounds[2 * this.#idAt + 1] ?? 0];
    return end > start && (bytes[start] ?? 0) > SPACE && (bytes[end - 1] ?? 0) > SPACE;
  }

  /** Number of separators; −1 for a line that is not plain. */
  #split(bytes: Buffer): number {
    const { bounds } = this;
    let [cell, start, all] = [0, 0, 0];
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      all |= byte;
      if (byte === QUOTE) return -1;
      if (byte !== this.#separator) continue;
      if (cell >= this.#width) return -1;
      bounds[2 * cell] = start;
      bounds[2 * cell + 1] = at;
      start = at + 1;
      cell++;
    }
    if (cell >= this.#width || (all >= NOT_ASCII && !isUtf8(bytes))) return -1;
    if (all >= NOT_ASCII) this.hasUtf8 = true;
    bounds[2 * cell] = start;
    bounds[2 * cell + 1] = bytes.length;
    return cell;
  }
}
