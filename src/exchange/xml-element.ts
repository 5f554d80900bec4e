/** An XML element, read or to be written. Text is verbatim: never trimmed, never converted. */
export interface XmlElement {
  readonly name: string;
  /** Namespace URI; empty for none. */
  readonly namespace: string;
  /** Keys are `{namespace}local`, or the plain name for attributes without a namespace. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Concatenated character data of the element itself. */
  readonly text: string;
}

/** First child of that local name, whatever its namespace; undefined when absent. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** All children of that local name, in document order. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
