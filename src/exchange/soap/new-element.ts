import type { XmlElement } from '../xml-element.ts';

/** An element with text only. */
export function textElement(namespace: string, name: string, text: string): XmlElement {
  return { name, namespace, attributes: {}, children: [], text };
}

/** An element with children only. */
export function parentElement(
  namespace: string,
  name: string,
  children: readonly XmlElement[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return { name, namespace, attributes, children, text: '' };
}
