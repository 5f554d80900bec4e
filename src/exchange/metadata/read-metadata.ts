import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { childNamed, childrenNamed } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import type { ProviderService, RegisteredClient } from './metadata-records.ts';

// Field names are those the code of the Security Server writes; its published description names them otherwise.

/** Reads `listClients`. Throws `UnreadableAnswerError`. */
export function readClients(json: string): readonly RegisteredClient[] {
  return listOf(objectOf(parse(json)), 'member').map((member) => {
    const id = objectOf(member['id']);
    const parts = ['xroad_instance', 'member_class', 'member_code', 'subsystem_code'].map((name) => textOf(id, name));
    return { parts: parts.filter((part) => part !== ''), name: textOf(member, 'name') };
  });
}

/** Reads `listMethods` and `allowedMethods` of a REST provider. Throws `UnreadableAnswerError`. */
export function readRestServices(json: string): readonly ProviderService[] {
  return listOf(objectOf(parse(json)), 'service').map((service) => ({
    serviceCode: textOf(service, 'service_code'),
    serviceVersion: null,
    kind: textOf(service, 'service_type'),
    endpoints: listOf(service, 'endpoint_list').map((endpoint) => ({
      method: textOf(endpoint, 'method'),
      path: textOf(endpoint, 'path'),
    })),
  }));
}

/** Reads `listMethodsResponse` and `allowedMethodsResponse` of a SOAP provider. */
export function readSoapServices(response: XmlElement): readonly ProviderService[] {
  return childrenNamed(response, 'service').map((service) => ({
    serviceCode: childNamed(service, 'serviceCode')?.text ?? '',
    serviceVersion: childNamed(service, 'serviceVersion')?.text ?? null,
    kind: 'SOAP',
    endpoints: [],
  }));
}

type JsonObject = Readonly<Record<string, unknown>>;

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new UnreadableAnswerError('json');
  }
}

function objectOf(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableAnswerError('json');
  return value as JsonObject;
}

/** An absent list is an empty one: nulls and empty lists are left out by some versions. */
function listOf(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name] ?? [];
  if (!Array.isArray(value)) throw new UnreadableAnswerError('json');
  return value.map(objectOf);
}

function textOf(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}
