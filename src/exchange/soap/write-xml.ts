import { XMLBuilder } from 'fast-xml-parser';
import { InvalidCallError } from '../invalid-call.ts';
import type { XmlElement } from '../xml-element.ts';
import { NAMESPACES } from './namespaces.ts';

type OrderedNode = Readonly<Record<string, unknown>>;

/** Deeper than any message of the field; also the reader's limit. */
export const MAX_DEPTH = 100;

// Bound by XML itself, to `xml` and to nothing an element may use.
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

// Names as XML 1.0 has them, without a colon.
const NAME_START =
  'A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d' +
  '\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd';
const NAME = new RegExp(`^[${NAME_START}][${NAME_START}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*$`, 'u');
// XML 1.0 has no place for these, not even escaped.
const FORBIDDEN_CHARACTER = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
/** Printable ASCII without the five: stands in XML as it is. */
const PLAIN = /^[\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x7e]*$/;
const ATTRIBUTE_KEY = /^(?:\{([^{}]+)\})?([^{}]+)$/;

/**
 * Beyond the five of XML, white space that a reader would normalise: without these a carriage return in a text, or a
 * line end in an attribute, would arrive as something else.
 */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

// The builder's own escaping is off: it leaves white space alone, and its table of entities is not part of its types.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- the same builder under another package name; ADR 0003
const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  processEntities: false,
});

/**
 * The document of an element, UTF-8 declared, every namespace bound once on the root. Elements without a namespace
 * are written without a prefix, so that no default namespace is ever in force. Throws `InvalidCallError` on a name or
 * a character XML has no form for.
 */
export function writeXml(root: XmlElement): string {
  const prefixes = new Map<string, string>();
  const node = orderedNode(root, prefixes, 0);
  const declarations = Object.fromEntries([...prefixes].map(([uri, prefix]) => [`xmlns:${prefix}`, escaped(uri)]));
  const rootNode = { ...node, ':@': { ...declarations, ...(node[':@'] as object) } };
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build([rootNode])}`;
}

function orderedNode(element: XmlElement, prefixes: Map<string, string>, depth: number): OrderedNode {
  if (depth > MAX_DEPTH) throw new InvalidCallError('XML nested too deeply');
  const name = qualifiedName(element.namespace, element.name, prefixes);
  const content = orderedContent(element, prefixes, depth);
  const attributes = Object.entries(element.attributes);
  if (attributes.length === 0) return { [name]: content };
  return {
    [name]: content,
    ':@': Object.fromEntries(attributes.map(([key, value]) => [attributeName(key, prefixes), escaped(value)])),
  };
}

/** A text alone is given as it is: the builder takes it without a node around it. */
function orderedContent(
  { children, text }: XmlElement,
  prefixes: Map<string, string>,
  depth: number,
): string | readonly OrderedNode[] {
  if (children.length === 0) return escaped(text);
  const nodes = children.map((child) => orderedNode(child, prefixes, depth + 1));
  return text === '' ? nodes : [{ '#text': escaped(text) }, ...nodes];
}

function attributeName(key: string, prefixes: Map<string, string>): string {
  const [, namespace = '', name = ''] = ATTRIBUTE_KEY.exec(key) ?? [];
  return qualifiedName(namespace, name, prefixes);
}

function qualifiedName(namespace: string, name: string, prefixes: Map<string, string>): string {
  const declares = namespace === XMLNS_NAMESPACE || (namespace === '' && name === 'xmlns');
  if (declares || !isName(name)) throw new InvalidCallError('XML name');
  if (namespace === '') return name;
  if (namespace === XML_NAMESPACE) return `xml:${name}`;
  return `${prefixFor(namespace, prefixes)}:${name}`;
}

/** Our messages use some forty names; the bound is for names that a setting or a test makes up. */
const MOST_NAMES = 1_000;
const names = new Set<string>();

function isName(text: string): boolean {
  if (names.has(text)) return true;
  if (!NAME.test(text)) return false;
  if (names.size < MOST_NAMES) names.add(text);
  return true;
}

const WELL_KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMESPACES).map(([prefix, namespace]) => [namespace, prefix]),
);

function prefixFor(namespace: string, prefixes: Map<string, string>): string {
  const bound = prefixes.get(namespace);
  if (bound !== undefined) return bound;
  const prefix = WELL_KNOWN.get(namespace) ?? `n${prefixes.size + 1}`;
  prefixes.set(namespace, prefix);
  return prefix;
}

/** A text as it stands between tags. Throws `InvalidCallError` on a character XML has no form for. */
export function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  if (FORBIDDEN_CHARACTER.test(text)) throw new InvalidCallError('character without a form in XML');
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? character);
}

/** A text as the builder leaves it between the quotes of an attribute. Throws as above. */
export function escapedInAttribute(text: string): string {
  return escaped(text).replaceAll("'", '&apos;');
}
