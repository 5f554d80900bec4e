import type { StagedLine } from '../../store/intake/staged-person.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import type { DeclaredTotals } from './declared-totals.ts';
import type { DeliveryLines } from './delivery-lines.ts';
import { IntakeError } from './intake-error.ts';
import { RowReader } from './row-to-member.ts';
import { stagedRow } from './staged-lines.ts';
import { XmlDecoder } from './xml-decoder.ts';
import { XmlMembers, type XmlMember } from './xml-members.ts';

/**
 * An XML file as staged lines. A line is a member; its number is its rank in the file, and where it begins is kept with
 * it (`@ligne`, `@colonne`), since a whole XML file may stand on one line.
 */
export class XmlLines implements DeliveryLines {
  readonly separator = null;
  readonly #chunks: AsyncIterable<Buffer>;
  readonly #rows: RowReader;
  readonly #decoder = new XmlDecoder();
  readonly #members: XmlMembers;
  #linesRead = 0;

  constructor(chunks: AsyncIterable<Buffer>, catalogue: ColumnCatalogue) {
    this.#chunks = chunks;
    this.#rows = new RowReader(catalogue);
    this.#members = new XmlMembers(catalogue);
  }

  get linesRead(): number {
    return this.#linesRead;
  }

  get encoding(): string | null {
    return this.#decoder.encoding;
  }

  get declared(): DeclaredTotals {
    return this.#members.declared;
  }

  notes(): string[] {
    const { ignored, emptyHouseholds } = this.#members;
    const notes: string[] = [];
    if (ignored.length > 0) notes.push(`Éléments non reconnus, ignorés : ${ignored.join(', ')}.`);
    if (emptyHouseholds > 0) notes.push(`Ménages sans membre : ${emptyHouseholds.toLocaleString('fr-FR')}.`);
    return notes;
  }

  async *staged(): AsyncGenerator<readonly StagedLine[]> {
    for await (const chunk of this.#chunks) yield this.#stage(this.#members.write(this.#decoder.decode(chunk)));
    yield this.#stage(this.#members.write(this.#decoder.end()));
    yield this.#stage(this.#members.end());
    if (this.#linesRead === 0) throw new IntakeError('XML_SANS_MEMBRE', { lus: this.#members.seen.join(', ') });
  }

  #stage(members: readonly XmlMember[]): readonly StagedLine[] {
    return members.map(({ fields, line, column }) => {
      this.#linesRead += 1;
      const rawLine = JSON.stringify({ '@ligne': line, '@colonne': column, ...fields });
      return stagedRow(
        { lineNumber: this.#linesRead, rawLine, fields: (field) => fields[field] },
        this.#rows,
        (field) => field,
      );
    });
  }
}
