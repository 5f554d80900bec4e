import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { XmlElement } from '../xml-element.ts';

/** Beyond these the document is an attack or a defect; a page of twenty birth records has 300 elements. */
const MAX_DEPTH = 100;
const MAX_ELEMENTS = 200_000;

const XMLNS = 'http://www.w3.org/2000/xmlns/';

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads one complete, well-formed, namespace-aware document without a DOCTYPE; comments and processing instructions
 * are left out, CDATA and character references are text. Throws `UnreadableAnswerError` on everything else: a
 * document cut off anywhere never comes back as a shorter one.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: OpenElement[] = [];
  const roots: XmlElement[] = [];
  let elements = 0;

  parser.on('error', () => {
    throw new UnreadableAnswerError('xml');
  });
  parser.on('doctype', () => {
    throw new UnreadableAnswerError('doctype');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH || ++elements > MAX_ELEMENTS) throw new UnreadableAnswerError('too-deep');
    const element = openElement(tag);
    const parent = open.at(-1);
    if (parent === undefined) roots.push(element);
    else parent.children.push(element);
    open.push(element);
  });
  const addText = (characters: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });

  parser.write(text).close();
  const [root] = roots;
  if (root === undefined) throw new UnreadableAnswerError('xml');
  return root;
}

function openElement(tag: SaxesTagNS): OpenElement {
  const attributes: Record<string, string> = {};
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.uri === XMLNS) continue;
    attributes[attribute.uri === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`] = attribute.value;
  }
  return { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
}
