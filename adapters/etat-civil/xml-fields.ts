import { childrenNamed } from '../../src/exchange/xml-element.ts';
import type { XmlElement } from '../../src/exchange/xml-element.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

/** Text of a child that must be there. This and all below throw `UnusableAnswerError` with the child's name. */
export function requiredText(parent: XmlElement, name: string): string {
  return optionalText(parent, name) ?? invalid(name);
}

/** Text of a child without the white space of the layout; null when it is absent or empty. */
export function optionalText(parent: XmlElement, name: string): string | null {
  const [child, ...others] = childrenNamed(parent, name);
  if (child === undefined) return null;
  if (others.length > 0 || child.children.length > 0) return invalid(name);
  const text = child.text.trim();
  return text === '' ? null : text;
}

/** What a word of the contract stands for. */
export function requiredWord<T>(parent: XmlElement, name: string, words: ReadonlyMap<string, T>): T {
  const meaning = words.get(requiredText(parent, name));
  return meaning === undefined ? invalid(name) : meaning;
}

/** As above; null when absent or empty. */
export function optionalWord<T>(parent: XmlElement, name: string, words: ReadonlyMap<string, T>): T | null {
  return optionalText(parent, name) === null ? null : requiredWord(parent, name, words);
}

function invalid(name: string): never {
  throw new UnusableAnswerError('PAYLOAD_INVALID', name);
}
