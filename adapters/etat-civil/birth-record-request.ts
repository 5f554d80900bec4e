import { formatPartialDate } from '../../src/domain/partial-date.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import type { BirthRecordQuery } from '../../src/domain/partners.ts';
import type { XmlElement } from '../../src/exchange/xml-element.ts';

/** The element that asks: named after the service, with an unqualified `request` that holds what is known. */
export function birthRecordRequest(name: string, namespace: string, query: BirthRecordQuery): XmlElement {
  const fields = query.by === 'extract-number' ? { numeroExtrait: query.extractNumber } : identityFields(query);
  const request = element('request', {
    children: Object.entries(fields).flatMap(([field, text]) =>
      text === null || text === '' ? [] : [element(field, { text })],
    ),
  });
  return element(name, { namespace, children: [request] });
}

function identityFields(query: Extract<BirthRecordQuery, { by: 'identity' }>): Readonly<Record<string, string | null>> {
  return {
    nomComplet: query.fullName,
    sexe: query.sex,
    dateNaissance: searchableDate(query.birth),
    nomMere: query.motherName,
  };
}

/**
 * An approximate year is left out: sent as an exact one it would hide the right act and leave a namesake of that very
 * year as the only candidate.
 */
function searchableDate(date: PartialDate): string | null {
  return date.precision === 'about' ? null : formatPartialDate(date);
}

function element(name: string, content: Partial<Omit<XmlElement, 'name'>>): XmlElement {
  return { name, namespace: '', attributes: {}, children: [], text: '', ...content };
}
