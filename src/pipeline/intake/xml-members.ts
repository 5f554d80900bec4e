import { SaxesParser, type SaxesTagNS } from 'saxes';
import { comparableHeader, type ColumnCatalogue } from './column-catalogue.ts';
import type { DeclaredTotals } from './declared-totals.ts';
import type { FieldName } from './field-names.ts';
import { IntakeError } from './intake-error.ts';

/** A member with the fields of their household, and where the element begins, both from 1. */
export interface XmlMember {
  readonly fields: Readonly<Partial<Record<FieldName, string>>>;
  readonly line: number;
  readonly column: number;
}

interface OpenElement {
  readonly name: string;
  readonly field: FieldName | undefined;
  /** Fields found directly in it, or in parts of it that are neither members nor fields. */
  readonly fields: Partial<Record<FieldName, string>>;
  readonly isMember: boolean;
  /** Members of it that wait for fields of the household that may still follow. */
  readonly waiting: XmlMember[];
  readonly line: number;
  readonly column: number;
  hasMembers: boolean;
  text: string;
  nil: boolean;
}

type Fields = Partial<Record<FieldName, string>>;

const MAX_DEPTH = 50;
/** No value of the form is longer; a missing end tag would otherwise swallow the file. */
const MAX_TEXT = 64 * 1024;
/** Members that wait for the end of their parent; no household has as many, a plain list of members has. */
const MAX_WAITING = 500;
const SHOWN_NAMES = 40;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const DECLARED_PEOPLE = new Set(['personnes', 'nombrepersonnes', 'nbpersonnes', 'membres', 'nombremembres', 'people']);
const DECLARED_HOUSEHOLDS = new Set(['menages', 'nombremenages', 'nbmenages', 'households']);

/**
 * Finds the members in an XML document, whatever its outline: an element named as one of the catalogue's member elements
 * is a member, an element or attribute named as a column is that field, and fields outside a member belong to all
 * members of the element that holds them. Namespaces are looked through. A document that is not well-formed, that ends
 * early or that brings a DOCTYPE is refused whole.
 */
export class XmlMembers {
  readonly #catalogue: ColumnCatalogue;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #open: OpenElement[] = [];
  readonly #ignored = new Set<string>();
  readonly #seen = new Set<string>();
  #ready: XmlMember[] = [];
  #emptyHouseholds = 0;
  #declared: DeclaredTotals = {};
  #tagLine = 1;
  #tagColumn = 1;
  #ending = false;

  constructor(catalogue: ColumnCatalogue) {
    this.#catalogue = catalogue;
    this.#parser.on('error', () => {
      throw this.#invalid();
    });
    this.#parser.on('doctype', () => {
      throw new IntakeError('XML_DOCTYPE');
    });
    this.#parser.on('opentagstart', () => {
      this.#tagLine = this.#parser.line;
      this.#tagColumn = this.#parser.column;
    });
    this.#parser.on('opentag', (tag) => this.#begin(tag));
    this.#parser.on('text', (text) => this.#addText(text));
    this.#parser.on('cdata', (text) => this.#addText(text));
    this.#parser.on('closetag', () => this.#end());
  }

  /** Totals in attributes of the outermost element. */
  get declared(): DeclaredTotals {
    return this.#declared;
  }

  /** Names of elements that are neither a field nor hold anything that is. */
  get ignored(): readonly string[] {
    return [...this.#ignored].slice(0, SHOWN_NAMES);
  }

  /** Names of elements met, for whoever must see why no member was found. */
  get seen(): readonly string[] {
    return [...this.#seen].slice(0, SHOWN_NAMES);
  }

  get emptyHouseholds(): number {
    return this.#emptyHouseholds;
  }

  /** Takes text and returns the members that are complete. Throws `IntakeError`. */
  write(text: string): readonly XmlMember[] {
    this.#parser.write(text);
    return this.#take();
  }

  /** The last members. Throws `FICHIER_TRONQUE` when the document is not complete. */
  end(): readonly XmlMember[] {
    this.#ending = true;
    this.#parser.close();
    return this.#take();
  }

  #take(): readonly XmlMember[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #invalid(): IntakeError {
    const ligne = this.#parser.line;
    // What is wrong only when the document ends is that it ends.
    if (this.#ending) return new IntakeError('FICHIER_TRONQUE', { ligne });
    return new IntakeError('XML_INVALIDE', { ligne, detail: 'document mal formé' });
  }

  #begin(tag: SaxesTagNS): void {
    if (this.#open.length >= MAX_DEPTH)
      throw new IntakeError('XML_INVALIDE', { ligne: this.#tagLine, detail: 'trop profond' });
    if (this.#seen.size < SHOWN_NAMES) this.#seen.add(tag.local);
    const element: OpenElement = {
      name: tag.local,
      field: this.#catalogue.fieldOf(tag.local),
      fields: {},
      isMember: this.#catalogue.isMemberElement(tag.local),
      waiting: [],
      line: this.#tagLine,
      column: this.#tagColumn,
      hasMembers: false,
      text: '',
      nil: false,
    };
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      if (uri === XSI && local === 'nil') element.nil = value === 'true' || value === '1';
      if (uri !== '') continue;
      if (this.#open.length === 0) this.#declare(local, value);
      const field = this.#catalogue.fieldOf(local);
      if (field !== undefined) setOnce(element.fields, field, value, element.line);
    }
    this.#open.push(element);
  }

  #declare(name: string, value: string): void {
    const what = comparableHeader(name);
    if (!/^\d{1,9}$/.test(value.trim())) return;
    if (DECLARED_PEOPLE.has(what)) this.#declared = { ...this.#declared, people: Number(value) };
    if (DECLARED_HOUSEHOLDS.has(what)) this.#declared = { ...this.#declared, households: Number(value) };
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    element.text += text;
    if (element.text.length > MAX_TEXT)
      throw new IntakeError('XML_INVALIDE', { ligne: this.#parser.line, detail: 'une valeur dépasse 64 Kio' });
  }

  #end(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    const parent = this.#open.at(-1);
    const known = Object.keys(element.fields).length > 0;
    if (element.isMember && !element.hasMembers) this.#memberEnds(element, parent);
    else if (element.hasMembers || element.waiting.length > 0) this.#holderEnds(element, parent);
    else if (element.field !== undefined && !known) {
      if (parent) setOnce(parent.fields, element.field, element.nil ? '' : element.text.trim(), element.line);
    } else if (known) this.#partEnds(element, parent);
    else if (parent !== undefined && !isWrapper(element)) this.#ignored.add(element.name);
  }

  #memberEnds(element: OpenElement, parent: OpenElement | undefined): void {
    const { fields, line, column } = element;
    const member = { fields, line, column };
    if (parent === undefined || this.#open.length === 1) this.#ready.push(this.#inherit(member, this.#open));
    else parent.waiting.push(member);
    if (parent === undefined) return;
    parent.hasMembers = true;
    if (parent.waiting.length > MAX_WAITING) this.#ready.push(...this.#flush(parent));
  }

  /** A household, or a wrapper around its members: what it says goes to all of them. */
  #holderEnds(element: OpenElement, parent: OpenElement | undefined): void {
    const members = element.waiting.map((member) => merged(member, element.fields));
    if (parent !== undefined) parent.hasMembers = true;
    if (parent === undefined || this.#open.length === 1)
      this.#ready.push(...members.map((one) => this.#inherit(one, this.#open)));
    else parent.waiting.push(...members);
  }

  /** An element with fields and no members: part of what holds it, or a household without members. */
  #partEnds(element: OpenElement, parent: OpenElement | undefined): void {
    if (parent === undefined || this.#open.length === 1) {
      this.#emptyHouseholds += 1;
      return;
    }
    for (const [field, value] of Object.entries(element.fields) as [FieldName, string][])
      setOnce(parent.fields, field, value, element.line);
  }

  #flush(parent: OpenElement): readonly XmlMember[] {
    return parent.waiting.splice(0).map((member) => this.#inherit(member, this.#open));
  }

  /** Fields of every element still open around a member, the nearest first. */
  #inherit(member: XmlMember, around: readonly OpenElement[]): XmlMember {
    return around.toReversed().reduce((one, element) => merged(one, element.fields), member);
  }
}

function merged(member: XmlMember, around: Fields): XmlMember {
  return { ...member, fields: { ...around, ...member.fields } };
}

/** Two values for one field of one element: nobody can say which is meant. */
function setOnce(fields: Fields, field: FieldName, value: string, ligne: number): void {
  if (fields[field] !== undefined && fields[field] !== value)
    throw new IntakeError('XML_INVALIDE', { ligne, detail: `deux valeurs pour « ${field} »` });
  // The parser lets no zero character through; a line end inside a value is a blank.
  fields[field] = value.replace(/[\r\n]+\s*/g, ' ');
}

function isWrapper({ text }: OpenElement): boolean {
  return text.trim() === '';
}
