import { lexLine, newLexState, type LexState } from './csv-lexer.ts';
import { IntakeError } from './intake-error.ts';
import type { LineProblemCode } from './intake-problems.ts';
import type { TextLine } from './line-decoder.ts';

/**
 * How far a quoted field may run on: 50 physical lines or 64 KiB. The longest legitimate ones, addresses, take three or
 * four lines; a quote that is never closed must cost its own line, not the thousands that follow.
 */
export const MAX_QUOTED_LINES = 50;
export const MAX_QUOTED_BYTES = 64 * 1024;

/** A logical line: its fields, or why it could not be read. `raw` is its text as received. */
export type CsvLine =
  | { readonly lineNumber: number; readonly raw: string; readonly fields: readonly string[] }
  | { readonly lineNumber: number; readonly raw: string; readonly code: LineProblemCode };

interface OpenLine {
  readonly lines: TextLine[];
  readonly state: LexState;
  bytes: number;
}

/**
 * Physical lines in, logical lines out, every field count checked against the header's.
 *
 * A quoted field may contain line ends. Whether a quote that stays open is such a field or a slip is decided so: it is
 * a slip as soon as the limits above are passed, or a continuation has by itself the separators of a full line, or the
 * quote closes where no field can end, or the fields do not add up. Then its first physical line alone is unreadable
 * and reading resumes at the next: a person too many on the error list is seen, a swallowed one is lost.
 */
export class LineReader {
  readonly #separator: string;
  readonly #width: number;
  readonly #blank: RegExp;
  #open: OpenLine | null = null;
  #blankLines = 0;
  #endedBare = false;

  /** `width`: number of fields in the header. */
  constructor(separator: string, width: number) {
    this.#separator = separator;
    this.#width = width;
    this.#blank = new RegExp(`^[\\s${separator}]*$`);
  }

  /** Lines that hold nothing but separators and spaces; spreadsheets leave them at the end. They are not counted. */
  get blankLines(): number {
    return this.#blankLines;
  }

  /** A quoted field is open: the next physical line may belong to it. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The last line was complete but had no line end. */
  get endedBare(): boolean {
    return this.#endedBare;
  }

  /** Throws `FICHIER_TRONQUE` when the last line, not ended, has fewer fields than the header. */
  push(lines: readonly TextLine[]): CsvLine[] {
    const read: CsvLine[] = [];
    for (const line of lines) this.#take(line, read);
    return read;
  }

  /** To be called after the last line. Throws `FICHIER_TRONQUE` when a quoted field is still open. */
  end(): void {
    const first = this.#open?.lines[0];
    if (first !== undefined) throw new IntakeError('FICHIER_TRONQUE', { ligne: first.number });
  }

  #take(line: TextLine, read: CsvLine[]): void {
    if (this.#open === null) this.#begin(line, read);
    else this.#continue(this.#open, line, read);
  }

  #begin(line: TextLine, read: CsvLine[]): void {
    const { text } = line;
    if (line.overlong) read.push(unreadable(line, 'LIGNE_TROP_LONGUE'));
    else if (this.#blank.test(text)) this.#blankLines += 1;
    else if (!text.includes('"')) read.push(this.#checked(line, text, text.split(this.#separator)));
    else {
      const state = newLexState();
      const outcome = lexLine(text, this.#separator, state);
      if (outcome === 'open') this.#open = { lines: [line], state, bytes: line.byteLength };
      else if (outcome === 'complete') read.push(this.#checked(line, text, state.fields));
      else read.push(unreadable(line, 'GUILLEMET_MAL_PLACE'));
    }
  }

  #continue(open: OpenLine, line: TextLine, read: CsvLine[]): void {
    open.lines.push(line);
    open.bytes += line.byteLength;
    const tooFar = line.overlong || open.lines.length > MAX_QUOTED_LINES || open.bytes > MAX_QUOTED_BYTES;
    if (tooFar || this.#looksFull(line.text)) {
      this.#giveUp(open, read);
      return;
    }
    const outcome = lexLine(line.text, this.#separator, open.state);
    if (outcome === 'open') return;
    const fields = outcome === 'complete' ? this.#fit(open.state.fields) : null;
    if (fields === null) {
      this.#giveUp(open, read);
      return;
    }
    this.#open = null;
    const raw = open.lines.map((part) => part.text).join('\n');
    read.push({ lineNumber: open.lines[0]?.number ?? line.number, raw, fields });
    if (!line.ended) this.#endedBare = true;
  }

  #giveUp(open: OpenLine, read: CsvLine[]): void {
    const [first, ...rest] = open.lines;
    this.#open = null;
    if (first !== undefined) read.push(unreadable(first, 'GUILLEMET_NON_FERME'));
    for (const line of rest) this.#take(line, read);
  }

  #looksFull(text: string): boolean {
    let separators = 0;
    for (let at = text.indexOf(this.#separator); at !== -1; at = text.indexOf(this.#separator, at + 1)) separators += 1;
    return separators >= this.#width - 1;
  }

  #checked(line: TextLine, raw: string, found: readonly string[]): CsvLine {
    const fields = this.#fit(found);
    if (!line.ended) {
      if (found.length < this.#width) throw new IntakeError('FICHIER_TRONQUE', { ligne: line.number });
      this.#endedBare = true;
    }
    return fields === null ? unreadable(line, 'NOMBRE_DE_CHAMPS') : { lineNumber: line.number, raw, fields };
  }

  /** Fields beyond the header are forgiven when they are empty: spreadsheets add them. */
  #fit(fields: readonly string[]): readonly string[] | null {
    if (fields.length === this.#width) return fields;
    const surplus = fields.slice(this.#width);
    return surplus.length > 0 && surplus.every((field) => field.trim() === '') ? fields.slice(0, this.#width) : null;
  }
}

function unreadable(line: TextLine, code: LineProblemCode): CsvLine {
  return { lineNumber: line.number, raw: line.text, code };
}
