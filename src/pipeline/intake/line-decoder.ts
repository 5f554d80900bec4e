import { isAscii, isUtf8 } from 'node:buffer';
import type { PhysicalLine } from './physical-lines.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** A physical line as text. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly byteLength: number;
  readonly ended: boolean;
  readonly overlong: boolean;
}

/** How a file turned out to be encoded; `mixte` when some lines are UTF-8 and others Windows-1252. */
export type FileEncoding = 'UTF-8' | 'Windows-1252' | 'mixte';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Decides the encoding line by line, since files are concatenated from several offices: what is valid UTF-8 is UTF-8,
 * the rest Windows-1252, in which every byte means something. French text in Windows-1252 is practically never valid
 * UTF-8: an accented letter would have to be followed by one or two of the signs between 0x80 and 0xBF.
 */
export class LineDecoder {
  #utf8 = 0;
  #windows1252 = 0;

  decode(line: PhysicalLine): TextLine {
    const { number, bytes, ended, overlong } = line;
    return { number, text: this.#text(bytes), byteLength: bytes.length, ended, overlong };
  }

  /** Pure ASCII is reported as UTF-8. */
  get encoding(): FileEncoding {
    if (this.#windows1252 === 0) return 'UTF-8';
    return this.#utf8 === 0 ? 'Windows-1252' : 'mixte';
  }

  #text(bytes: Buffer): string {
    if (isAscii(bytes)) return bytes.toString('latin1');
    if (!isUtf8(bytes)) {
      this.#windows1252 += 1;
      return decodeWindows1252(bytes);
    }
    this.#utf8 += 1;
    const text = bytes.toString('utf8');
    // A mark is met inside a file too, where files were put end to end.
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }
}
