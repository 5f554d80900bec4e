import { countKnownColumns, recogniseColumns, type Columns } from './columns.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import { lexLine, newLexState, type LexOutcome } from './csv-lexer.ts';
import { IntakeError } from './intake-error.ts';
import type { TextLine } from './line-decoder.ts';
import { MAX_QUOTED_LINES } from './line-reader.ts';

const SEPARATORS = [';', ',', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

// Control characters, or the opening of XML, JSON, PDF, RTF.
const NOT_CSV = /[\x00-\x08\x0e-\x1f]|^\s*(<|\{|\[|%PDF)/;

/** What the first line of a file says about the others. */
export interface Header {
  readonly separator: Separator;
  readonly columns: Columns;
}

/**
 * Takes the first lines of a file until they make a header. The separator is the one under which most columns are
 * recognised, which a comma inside `"N° d'ordre, ménage"` cannot upset. Blank lines and Excel's `sep=;` come before it.
 */
export class HeaderFinder {
  readonly #catalogue: ColumnCatalogue;
  readonly #texts: string[] = [];

  constructor(catalogue: ColumnCatalogue) {
    this.#catalogue = catalogue;
  }

  /** The header, or null while more lines are needed. Throws `IntakeError` when the file has none. */
  take(line: TextLine): Header | null {
    if (line.overlong || NOT_CSV.test(line.text)) throw new IntakeError('FICHIER_BINAIRE');
    if (this.#texts.length === 0 && /^(\s*|sep=.?)$/i.test(line.text)) return null;
    this.#texts.push(line.text);
    const readings = SEPARATORS.map((separator) => ({ separator, fields: this.#lex(separator) }));
    const complete = readings.flatMap(({ separator, fields }) =>
      fields === null ? [] : [{ separator, fields, known: countKnownColumns(fields, this.#catalogue) }],
    );
    const best = complete.sort((a, b) => b.known - a.known || b.fields.length - a.fields.length)[0];
    if (best === undefined || (best.known === 0 && complete.length < SEPARATORS.length)) {
      if (this.#texts.length < MAX_QUOTED_LINES) return null;
      throw new IntakeError('COLONNES_MANQUANTES', { manquantes: 'toutes', lues: 'guillemet non refermé' });
    }
    return { separator: best.separator, columns: recogniseColumns(best.fields, this.#catalogue) };
  }

  /** The refusal of a file that ended before a header was found. */
  ended(): IntakeError {
    return this.#texts.length === 0
      ? new IntakeError('FICHIER_VIDE')
      : new IntakeError('FICHIER_TRONQUE', { ligne: 1 });
  }

  #lex(separator: Separator): readonly string[] | null {
    const state = newLexState();
    let outcome: LexOutcome = 'open';
    for (const text of this.#texts) {
      // Under this separator the header had ended on an earlier line, with no column that anybody knows.
      if (outcome === 'complete') return [];
      outcome = lexLine(text, separator, state);
      if (outcome === 'misplaced-quote') return [];
    }
    return outcome === 'complete' ? state.fields : null;
  }
}
