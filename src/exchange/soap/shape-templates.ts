import type { XmlElement } from '../xml-element.ts';
import { escaped, escapedInAttribute, MAX_DEPTH, writeXml } from './write-xml.ts';

/**
 * Documents differ in their values and hardly ever in their shape: names, namespaces, attributes, and which texts are
 * empty. Each shape is written once by the library, with a mark in place of every value; after that the values are put
 * between the pieces. Shapes form a tree of steps, so that no two of them can be taken for each other.
 */
class Shape {
  readonly #next = new Map<Step, Shape>();
  /** What stands before, between and after the values; null until written. */
  pieces: readonly string[] | null = null;

  followedBy(step: Step): Shape | null {
    const known = this.#next.get(step);
    if (known !== undefined) return known;
    if (steps >= MOST_STEPS) return null;
    steps++;
    const next = new Shape();
    this.#next.set(step, next);
    return next;
  }
}

/** A namespace, a name or the key of an attribute; a number for what else makes a shape. */
type Step = string | number;

const WITHOUT_TEXT = 0;
const WITH_TEXT = 1;
const END = 2;

/** Ours have some hundred; the bound is for names that a setting or a test makes up. */
const MOST_STEPS = 10_000;
/** For private use: no name can hold it. A namespace that does is found out by the number of pieces. */
const MARK = '\ue000';

const start = new Shape();
let steps = 0;

/** The same document as `writeXml` makes of it, byte for byte, at a fraction of the cost. Throws as it does. */
export function writeXmlByShape(root: XmlElement): string {
  const values: string[] = [];
  const shape = follow(start, root, values, 0);
  if (shape === null) return writeXml(root);
  const pieces = (shape.pieces ??= writeXml(marked(root)).split(MARK));
  if (pieces.length !== values.length + 1) return writeXml(root);
  let text = pieces[0] ?? '';
  for (let index = 0; index < values.length; index++) text += (values[index] ?? '') + (pieces[index + 1] ?? '');
  return text;
}

/** Goes on from a shape through an element, noting its values in the order of the document; null: not to be kept. */
function follow(from: Shape, element: XmlElement, values: string[], depth: number): Shape | null {
  if (depth > MAX_DEPTH) return null;
  let shape = from.followedBy(element.namespace)?.followedBy(element.name) ?? null;
  for (const key of Object.keys(element.attributes)) {
    shape = shape?.followedBy(key) ?? null;
    values.push(escapedInAttribute(element.attributes[key] ?? ''));
  }
  shape = shape?.followedBy(element.text === '' ? WITHOUT_TEXT : WITH_TEXT) ?? null;
  if (element.text !== '') values.push(escaped(element.text));
  for (const child of element.children) {
    if (shape === null) return null;
    shape = follow(shape, child, values, depth + 1);
  }
  return shape?.followedBy(END) ?? null;
}

function marked({ name, namespace, attributes, children, text }: XmlElement): XmlElement {
  return {
    name,
    namespace,
    attributes: Object.fromEntries(Object.keys(attributes).map((key) => [key, MARK])),
    children: children.map(marked),
    text: text === '' ? '' : MARK,
  };
}
