import { LineDecoder } from '../../src/pipeline/intake/line-decoder.ts';
import { LineReader, type CsvLine } from '../../src/pipeline/intake/line-reader.ts';
import { PhysicalLineSplitter } from '../../src/pipeline/intake/physical-lines.ts';

/** Reads the lines below a header of `width` fields, the bytes arriving `chunk` at a time. */
export function readLines(content: string | Buffer, width: number, separator = ';', chunk = 7): CsvLine[] {
  const bytes = Buffer.from(content);
  const splitter = new PhysicalLineSplitter();
  const decoder = new LineDecoder();
  const reader = new LineReader(separator, width);
  const read: CsvLine[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    read.push(...reader.push(splitter.push(bytes.subarray(at, at + chunk)).map((line) => decoder.decode(line))));
  read.push(...reader.push(splitter.end().map((line) => decoder.decode(line))));
  reader.end();
  return read;
}

/** What was read, a short text per line: its number, then the fields or the code. */
export function outline(lines: readonly CsvLine[]): string[] {
  return lines.map((line) => `${line.lineNumber}: ${'code' in line ? line.code : line.fields.join(' | ')}`);
}
