/** Fields of a line read so far; `open` is the content of a quoted field whose closing quote has not come yet. */
export interface LexState {
  readonly fields: string[];
  open: string | null;
}

/**
 * - `complete`: the line ends here.
 * - `open`: a quoted field goes on in the next physical line; call again with that line and the same state.
 * - `misplaced-quote`: text follows a closing quote. What was meant cannot be known, and is not guessed.
 */
export type LexOutcome = 'complete' | 'open' | 'misplaced-quote';

/** A state to begin a line with. */
export function newLexState(): LexState {
  return { fields: [], open: null };
}

/**
 * Reads one physical line into `state`: RFC 4180, except that a quote inside an unquoted field is an ordinary character
 * (nicknames are written so) and spaces after a closing quote are ignored.
 */
export function lexLine(text: string, separator: string, state: LexState): LexOutcome {
  let at = 0;
  for (;;) {
    const quoted = state.open !== null || text[at] === '"';
    if (!quoted) {
      const end = text.indexOf(separator, at);
      state.fields.push(end === -1 ? text.slice(at) : text.slice(at, end));
      if (end === -1) return 'complete';
      at = end + 1;
      continue;
    }
    const after =
      state.open === null ? readQuoted(text, at + 1, '', state) : readQuoted(text, at, `${state.open}\n`, state);
    if (state.open !== null) return 'open';
    if (after >= text.length) return 'complete';
    if (text[after] !== separator) return 'misplaced-quote';
    at = after + 1;
  }
}

/** Reads up to the closing quote and pushes the field, or leaves it open. Returns the position of what follows. */
function readQuoted(text: string, from: number, before: string, state: LexState): number {
  let content = before;
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      state.open = content + text.slice(at);
      return text.length;
    }
    content += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      state.fields.push(content);
      state.open = null;
      return skipSpaces(text, quote + 1);
    }
    content += '"';
    at = quote + 2;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
