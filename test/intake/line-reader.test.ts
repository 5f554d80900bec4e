import { describe, expect, it } from '@jest/globals';
import { IntakeError } from '../../src/pipeline/intake/intake-error.ts';
import { MAX_QUOTED_LINES } from '../../src/pipeline/intake/line-reader.ts';
import { MAX_LINE_BYTES } from '../../src/pipeline/intake/physical-lines.ts';
import { outline, readLines } from './reading.ts';

describe('reading logical lines', () => {
  it.each([1, 2, 3, 1000])('cuts at LF, CR LF and CR, the bytes arriving %d at a time', (chunk) => {
    expect(outline(readLines('a;b\r\nc;d\re;f\ng;h\r', 2, ';', chunk))).toEqual([
      '1: a | b',
      '2: c | d',
      '3: e | f',
      '4: g | h',
    ]);
  });

  it('numbers lines as an editor does, blank ones included', () => {
    expect(outline(readLines('a;b\n\n;\n \nc;d\n', 2))).toEqual(['1: a | b', '5: c | d']);
  });

  it('reads quoted fields with separators, doubled quotes and spaces after', () => {
    expect(outline(readLines('"a;1";"b ""c"""\n"d" ;e\n', 2))).toEqual(['1: a;1 | b "c"', '2: d | e']);
  });

  it('takes a quote inside an unquoted field as it is', () => {
    expect(outline(readLines('Abdou "Baye" Fall;1\n', 2))).toEqual(['1: Abdou "Baye" Fall | 1']);
  });

  it('joins quoted line ends and keeps the raw text', () => {
    const [line] = readLines('1;"près\ndu\n\npuits";x\n2;y;z\n', 3);
    expect(line).toEqual({ lineNumber: 1, raw: '1;"près\ndu\n\npuits";x', fields: ['1', 'près\ndu\n\npuits', 'x'] });
  });

  it('does not guess what follows a closing quote', () => {
    expect(outline(readLines('"Awa "Ba" Fall";1\n2;3\n', 2))).toEqual(['1: GUILLEMET_MAL_PLACE', '2: 2 | 3']);
  });

  it('loses the line of an unclosed quote and no other, with nothing quoted after it', () => {
    expect(outline(readLines('1;"Awa;x\n2;Modou;y\n3;Sidy;z\n', 3))).toEqual([
      '1: GUILLEMET_NON_FERME',
      '2: 2 | Modou | y',
      '3: 3 | Sidy | z',
    ]);
  });

  it('loses the line of an unclosed quote and no other, with a quoted field after it', () => {
    expect(outline(readLines('1;"Awa;x\n2;"Modou";y\n3;Sidy;"z"\n', 3))).toEqual([
      '1: GUILLEMET_NON_FERME',
      '2: 2 | Modou | y',
      '3: 3 | Sidy | z',
    ]);
  });

  it('does not let two unclosed quotes swallow the line between them', () => {
    expect(outline(readLines('1;Awa;"x\n2;Modou;y\n3;Sidy;z"\n', 3))).toEqual([
      '1: GUILLEMET_NON_FERME',
      '2: 2 | Modou | y',
      '3: 3 | Sidy | z"',
    ]);
  });

  it('gives up a quoted field after as many physical lines as agreed, and resumes after its first', () => {
    const text = `1;"a\n${'b\n'.repeat(MAX_QUOTED_LINES)}2;c\n`;
    const lines = outline(readLines(text, 3, ';', 500));
    expect(lines[0]).toBe('1: GUILLEMET_NON_FERME');
    expect(lines.slice(1).every((line) => line.endsWith('NOMBRE_DE_CHAMPS'))).toBe(true);
    expect(lines).toHaveLength(MAX_QUOTED_LINES + 2);
  });

  it('reads a quoted field that takes exactly as many lines as agreed', () => {
    const text = `1;"${'b\n'.repeat(MAX_QUOTED_LINES - 1)}b";2\n`;
    expect(readLines(text, 3, ';', 500)).toHaveLength(1);
  });

  it('cuts a line that has no end, in bounded memory, and reads on', () => {
    const lines = readLines(`1;${'x'.repeat(3 * MAX_LINE_BYTES)}\n2;b\n`, 2, ';', 10_000);
    expect(outline(lines)).toEqual(['1: LIGNE_TROP_LONGUE', '2: 2 | b']);
    expect(lines[0]?.raw).toHaveLength(MAX_LINE_BYTES);
  });

  it('forgives empty fields beyond the header, not full ones, nor missing ones', () => {
    expect(outline(readLines('a;b;;\na;b;c\na\n', 2))).toEqual([
      '1: a | b',
      '2: NOMBRE_DE_CHAMPS',
      '3: NOMBRE_DE_CHAMPS',
    ]);
  });

  it('decides the encoding line by line', () => {
    const bytes = Buffer.concat([Buffer.from('Ndèye;Sène\n'), Buffer.from('Ndèye;Sène\n', 'latin1')]);
    expect(outline(readLines(bytes, 2))).toEqual(['1: Ndèye | Sène', '2: Ndèye | Sène']);
    expect(outline(readLines(Buffer.from([0x80, 0x3b, 0x92, 0x0a]), 2))).toEqual(['1: € | ’']);
  });

  it('skips a byte order mark wherever files were put end to end', () => {
    expect(outline(readLines('\ufeffa;b\n\ufeffc;d\n', 2))).toEqual(['1: a | b', '2: c | d']);
  });

  it.each([
    ['fewer fields and no line end', 'a;b;c\nd;e'],
    ['an open quote', 'a;b;c\nd;"e'],
    ['an open quote after quoted line ends', 'a;b;c\nd;"e\nf'],
  ])('refuses as truncated a file that ends with %s', (_, text) => {
    expect(() => readLines(text, 3)).toThrow(IntakeError);
    expect(() => readLines(text, 3)).toThrow(/tronqué : la dernière ligne \(2\)/);
  });

  it('accepts a complete last line without line end', () => {
    expect(outline(readLines('a;b\nc;d', 2))).toEqual(['1: a | b', '2: c | d']);
  });
});
