import { frenchInteger } from '../../domain/french/numbers.ts';

/** Beyond these an outline is no longer read. */
const MOST_LINES = 60;
const DEEPEST = 8;

/** The shape of a content, one line per name; texts are shown by their length only, for they may name people. */
export function bodyOutline(content: unknown): readonly string[] {
  const lines = outline(content, 0);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `… ${frenchInteger(lines.length - MOST_LINES)} lignes de plus`];
}

function outline(content: unknown, depth: number): readonly string[] {
  if (typeof content !== 'object' || content === null) return [`${indent(depth)}${scalar(content)}`];
  if (depth >= DEEPEST) return [`${indent(depth)}…`];
  if (Array.isArray(content)) return content.flatMap((item) => outline(item, depth));
  return Object.entries(content).flatMap(([name, value]) => member(name, value, depth));
}

function member(name: string, value: unknown, depth: number): readonly string[] {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    const shape = typeof first === 'object' && first !== null ? outline(first, depth + 1) : [];
    return [`${indent(depth)}${name} : ${frenchInteger(value.length)} fois`, ...shape];
  }
  if (typeof value === 'object' && value !== null) return [`${indent(depth)}${name}`, ...outline(value, depth + 1)];
  return [`${indent(depth)}${name} : ${scalar(value)}`];
}

function scalar(value: unknown): string {
  if (value === '') return 'vide';
  if (typeof value === 'string') return `${frenchInteger(value.length)} caractère${value.length > 1 ? 's' : ''}`;
  if (value === null) return 'nul';
  return typeof value === 'boolean' ? 'booléen' : 'nombre';
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
