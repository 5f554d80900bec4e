import type { StagedLine } from '../../store/intake/staged-person.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import type { Columns } from './columns.ts';
import type { DeliveryLines } from './delivery-lines.ts';
import { HeaderFinder, type Header } from './header-finder.ts';
import { LineDecoder, type FileEncoding, type TextLine } from './line-decoder.ts';
import { LineReader, type CsvLine } from './line-reader.ts';
import { PhysicalLineSplitter } from './physical-lines.ts';
import { RowReader } from './row-to-member.ts';
import { stagedProblems, stagedRow } from './staged-lines.ts';

/** A CSV file as staged lines, and what was noticed on the way. Read once, front to back, in bounded memory. */
export class FileLines implements DeliveryLines {
  /** CSV has no place for totals. */
  readonly declared = {};
  readonly #chunks: AsyncIterable<Buffer>;
  readonly #rows: RowReader;
  readonly #decoder = new LineDecoder();
  readonly #finder: HeaderFinder;
  #header: Header | null = null;
  #reader: LineReader | null = null;
  #linesRead = 0;

  constructor(chunks: AsyncIterable<Buffer>, catalogue: ColumnCatalogue) {
    this.#chunks = chunks;
    this.#rows = new RowReader(catalogue);
    this.#finder = new HeaderFinder(catalogue);
  }

  /** Logical lines below the header, blank ones left out. */
  get linesRead(): number {
    return this.#linesRead;
  }

  get encoding(): FileEncoding {
    return this.#decoder.encoding;
  }

  get separator(): string | null {
    return this.#header?.separator ?? null;
  }

  /** What whoever sent the file should know although it was read. French. */
  notes(): string[] {
    const notes: string[] = [];
    const ignored = this.#header?.columns.ignored ?? [];
    const blank = this.#reader?.blankLines ?? 0;
    if (ignored.length > 0) notes.push(`Colonnes non reconnues, ignorées : ${ignored.join(', ')}.`);
    if (blank > 0) notes.push(`Lignes vides ignorées : ${blank.toLocaleString('fr-FR')}.`);
    if (this.encoding === 'mixte')
      notes.push('Encodages mêlés dans le fichier : UTF-8 et Windows-1252, ligne par ligne.');
    if (this.#reader?.endedBare === true) notes.push('La dernière ligne n’a pas de fin de ligne ; elle a été lue.');
    return notes;
  }

  /** Throws `IntakeError` when the file as a whole cannot be accepted. */
  async *staged(): AsyncGenerator<readonly StagedLine[]> {
    const splitter = new PhysicalLineSplitter();
    for await (const chunk of this.#chunks)
      yield this.#take(splitter.push(chunk).map((line) => this.#decoder.decode(line)));
    yield this.#take(splitter.end().map((line) => this.#decoder.decode(line)));
    if (this.#reader === null) throw this.#finder.ended();
    this.#reader.end();
  }

  #take(lines: readonly TextLine[]): readonly StagedLine[] {
    let first = 0;
    for (; this.#header === null && first < lines.length; first += 1) {
      const line = lines[first];
      if (line !== undefined) this.#header = this.#finder.take(line);
    }
    if (this.#header === null) return [];
    const { separator, columns } = this.#header;
    this.#reader ??= new LineReader(separator, columns.width);
    const read = this.#reader.push(lines.slice(first));
    this.#linesRead += read.length;
    return read.map((line) => this.#stage(line, columns));
  }

  #stage(line: CsvLine, columns: Columns): StagedLine {
    const { lineNumber, raw: rawLine } = line;
    if ('code' in line) return stagedProblems(lineNumber, rawLine, [{ code: line.code, field: null }]);
    return stagedRow({ lineNumber, rawLine, fields: columns.read(line.fields) }, this.#rows, columns.labelOf);
  }
}
