import type { StagedLine } from '../../store/intake/staged-person.ts';
import type { FieldReader } from './field-names.ts';
import { LINE_PROBLEMS, type LineProblem } from './intake-problems.ts';
import type { RowReader } from './row-to-member.ts';

/** A line that has fields, understood or refused. `labelOf` gives a field the name its sender knows it by. */
export function stagedRow(
  row: { readonly lineNumber: number; readonly rawLine: string; readonly fields: FieldReader },
  reader: RowReader,
  labelOf: (field: string) => string,
): StagedLine {
  const { lineNumber, rawLine, fields } = row;
  const reading = reader.read(fields);
  if ('person' in reading) return { lineNumber, rawLine, person: reading.person };
  return stagedProblems(lineNumber, rawLine, reading.problems, labelOf);
}

/** A line that could not be read. The first reason gives field and code; the texts tell all of them. */
export function stagedProblems(
  lineNumber: number,
  rawLine: string,
  problems: readonly LineProblem[],
  labelOf: (field: string) => string = (field) => field,
): StagedLine {
  const [first] = problems;
  if (first === undefined) throw new Error('a refused line needs a reason');
  const texts = problems.map(({ code }) => LINE_PROBLEMS[code]);
  const problem = {
    field: first.field === null ? null : labelOf(first.field),
    code: first.code,
    explanation: texts.map(({ explanation }) => explanation).join(' '),
    remedy: texts.map(({ remedy }) => remedy).join(' '),
  };
  return { lineNumber, rawLine, problem };
}
