import { resolve } from 'node:path';
import { LinkageTableBuilder } from '../../matching/linkage/linkage-table.ts';
import type { LinkageTable, ValuePools } from '../../matching/linkage/linkage-table.ts';
import { NumberColumn } from '../../matching/linkage/number-column.ts';
import { ByteSource } from '../../pipeline/intake/byte-source.ts';
import { lexLine, newLexState } from '../../pipeline/intake/csv-lexer.ts';
import { IntakeError } from '../../pipeline/intake/intake-error.ts';
import { LineDecoder, type FileEncoding, type TextLine } from '../../pipeline/intake/line-decoder.ts';
import { LineReader, type CsvLine } from '../../pipeline/intake/line-reader.ts';
import { PhysicalLineSplitter, type PhysicalLine } from '../../pipeline/intake/physical-lines.ts';
import type { Progress } from '../output.ts';
import { UnusableFile } from '../unusable-file.ts';
import type { HeaderMeaning } from './fields-map.ts';
import { PlainLine } from './plain-line.ts';
import { precedesHeader, readLinkageHeader, type LinkageHeader } from './linkage-header.ts';

/** A file read for linking, and what was noticed on the way. */
export interface LinkageFile {
  readonly path: string;
  readonly table: LinkageTable;
  /** Line of the file on which each row begins, from 1. */
  readonly lineNumbers: Int32Array;
  readonly header: LinkageHeader;
  readonly encoding: FileEncoding;
  /** Lines left out, with the first of their numbers. */
  readonly unreadable: CountedLines;
  /** Rows without an id: their line number stands for it. */
  readonly withoutId: CountedLines;
  /** Rows with fewer cells than the header; what is missing is unknown. */
  readonly short: CountedLines;
}

/** A kind of line: how many, and where the first ones are. */
export interface CountedLines {
  count: number;
  readonly first: number[];
}

const FIRST_SHOWN = 5;

/** Reads a CSV file into a table, front to back, in memory for its values only. Throws `UnusableFile`. */
export async function readLinkageFile(
  path: string,
  meaning: HeaderMeaning,
  pools: ValuePools,
  progress: Progress,
): Promise<LinkageFile> {
  const source = new ByteSource({ path: resolve(path) }, ({ bytesRead, bytesTotal }) =>
    progress.update(bytesRead, bytesTotal),
  );
  const reading = new Reading(path, meaning, pools);
  try {
    const splitter = new PhysicalLineSplitter();
    for await (const chunk of source.chunks()) reading.take(splitter.push(chunk));
    reading.take(splitter.end());
    return reading.finish();
  } catch (error) {
    throw error instanceof IntakeError ? inThisCommand(error, path) : error;
  } finally {
    progress.end();
  }
}

/** A file whose header is known. */
interface OpenFile {
  readonly header: LinkageHeader;
  readonly lines: LineReader;
  readonly plain: PlainLine;
  readonly builder: LinkageTableBuilder;
  readonly idAt: number;
}

class Reading {
  readonly #path: string;
  readonly #meaning: HeaderMeaning;
  readonly #pools: ValuePools;
  readonly #decoder = new LineDecoder();
  readonly #lineNumbers = new NumberColumn();
  readonly #unreadable: CountedLines = { count: 0, first: [] };
  readonly #withoutId: CountedLines = { count: 0, first: [] };
  readonly #short: CountedLines = { count: 0, first: [] };
  #open: OpenFile | null = null;

  constructor(path: string, meaning: HeaderMeaning, pools: ValuePools) {
    this.#path = path;
    this.#meaning = meaning;
    this.#pools = pools;
  }

  take(physical: readonly PhysicalLine[]): void {
    for (const line of physical) {
      if (this.#open === null) {
        const text = this.#decoder.decode(line);
        if (!precedesHeader(text)) this.#begin(text);
      } else if (!this.#takePlain(line, this.#open)) this.#takeAny(line, this.#open);
    }
  }

  /** Most lines have no quote, as many cells as the header and plain UTF-8: their cells never become strings. */
  #takePlain(line: PhysicalLine, open: OpenFile): boolean {
    if (open.lines.isOpen || !line.ended || line.overlong || !open.plain.read(line.bytes)) return false;
    open.builder.addBytes(line.bytes, open.plain.bounds);
    this.#lineNumbers.push(line.number);
    return true;
  }

  #takeAny(line: PhysicalLine, open: OpenFile): void {
    for (const read of open.lines.push([this.#decoder.decode(line)])) this.#row(read);
  }

  finish(): LinkageFile {
    if (this.#open === null) throw new IntakeError('FICHIER_VIDE');
    this.#open.lines.end();
    return {
      path: this.#path,
      table: this.#open.builder.finish(),
      lineNumbers: this.#lineNumbers.finish(),
      header: this.#open.header,
      encoding:
        this.#open.plain.hasUtf8 && this.#decoder.encoding === 'Windows-1252' ? 'mixte' : this.#decoder.encoding,
      unreadable: this.#unreadable,
      withoutId: this.#withoutId,
      short: this.#short,
    };
  }

  #begin(line: TextLine): void {
    const header = readLinkageHeader(line, this.#path, this.#meaning);
    const { columns, separator } = header;
    const at = columns.indexOf('id');
    const names = at < 0 ? [...columns, 'id'] : columns;
    this.#open = {
      header,
      lines: new LineReader(separator, columns.length),
      plain: new PlainLine(separator, columns.length, at),
      builder: new LinkageTableBuilder(names, {}, this.#pools),
      idAt: at < 0 ? columns.length : at,
    };
  }

  #row(line: CsvLine): void {
    const cells = 'fields' in line ? line.fields : this.#padded(line);
    if (!this.#open || cells === null) {
      note(this.#unreadable, line.lineNumber);
      return;
    }
    let id = (cells[this.#open.idAt] ?? '').trim();
    if (id === '') {
      id = `ligne ${line.lineNumber}`;
      note(this.#withoutId, line.lineNumber);
    }
    this.#open.builder.add(cells, id);
    this.#lineNumbers.push(line.lineNumber);
  }

  /** A line that ends early leaves its last values unknown; one with too many cells has them in the wrong columns. */
  #padded(line: CsvLine): readonly string[] | null {
    if (!this.#open || !('code' in line) || line.code !== 'NOMBRE_DE_CHAMPS') return null;
    const state = newLexState();
    const { separator, columns } = this.#open.header;
    if (lexLine(line.raw, separator, state) !== 'complete' || state.fields.length > columns.length) return null;
    note(this.#short, line.lineNumber);
    return state.fields;
  }
}

function note(lines: CountedLines, lineNumber: number): void {
  lines.count++;
  if (lines.first.length < FIRST_SHOWN) lines.first.push(lineNumber);
}

/** The words of an import, without its remedies, which speak of batches of the RNU. */
function inThisCommand(error: IntakeError, path: string): UnusableFile {
  const remedy =
    error.code === 'FICHIER_INTROUVABLE' || error.code === 'FICHIER_EST_UN_DOSSIER'
      ? 'Vérifier le chemin et le nom du fichier.'
      : 'Attendu : un fichier CSV complet, en UTF-8 ou Windows-1252, séparé par , ; ou une tabulation. Rien n’a été écrit.';
  const what =
    error.code === 'FICHIER_BINAIRE' ? 'Ce n’est pas un fichier CSV : il contient des octets nuls.' : error.message;
  return new UnusableFile(`« ${path} » : ${what}`, remedy);
}
