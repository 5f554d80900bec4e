import { decodeText } from '../decode-text.ts';
import type { ReportedError } from '../interpretation.ts';
import { readXml } from '../soap/read-xml.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { childNamed } from '../xml-element.ts';

/**
 * The error a Security Server describes in a body, JSON or XML; null when there is none to read. The message may be
 * JSON null, and is then empty.
 */
export function readErrorBody(body: Buffer): ReportedError | null {
  try {
    const text = decodeText(body, 'utf-8').trim();
    return text.startsWith('<') ? fromXml(text) : fromJson(text);
  } catch (error) {
    if (error instanceof UnreadableAnswerError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function fromJson(text: string): ReportedError | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const { type, message, detail } = value as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string' || type === '') return null;
  return { code: type, text: stringOrEmpty(message), detailId: stringOrEmpty(detail) };
}

function fromXml(text: string): ReportedError | null {
  const root = readXml(text);
  const code = childNamed(root, 'type')?.text ?? '';
  if (root.name !== 'error' || code === '') return null;
  return { code, text: childNamed(root, 'message')?.text ?? '', detailId: childNamed(root, 'detail')?.text ?? '' };
}

function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
