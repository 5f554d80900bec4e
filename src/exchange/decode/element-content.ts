import type { XmlElement } from '../xml-element.ts';
import type { DecodedContent } from './decoded-answer.ts';

/** Own text of an element that has children as well; a name no element can have. */
const OWN_TEXT = '#text';

/** An element as nested objects: its text verbatim, or its children by local name, repeated ones as a list. */
export function elementContent(element: XmlElement): DecodedContent {
  if (element.children.length === 0) return element.text;
  const byName = new Map<string, DecodedContent[]>();
  for (const child of element.children) {
    byName.set(child.name, [...(byName.get(child.name) ?? []), elementContent(child)]);
  }
  if (element.text.trim() !== '') byName.set(OWN_TEXT, [element.text]);
  return Object.fromEntries(
    [...byName].map(([name, contents]) => {
      const [first] = contents;
      return [name, contents.length === 1 && first !== undefined ? first : contents];
    }),
  );
}
