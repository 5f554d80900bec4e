/**
 * The partners of the bench: what the sandbox's services would say, worked out when a question comes first and kept as
 * bytes from then on. A registration is taken down and answered, and changes nothing else, so that every pass of a bench
 * asks the same questions and hears the same answers.
 */
import { createHash } from 'node:crypto';
import type { Registries } from '../../../fixtures/sandbox/registries.ts';
import { createCniService } from '../../../fixtures/sandbox/partners/cni-service.ts';
import { MEMORY_JOURNAL } from '../../../fixtures/sandbox/partners/effect-journal.ts';
import { createEtatCivilService } from '../../../fixtures/sandbox/partners/etat-civil-service.ts';
import { createRegistrationBook } from '../../../fixtures/sandbox/partners/registration-book.ts';
import { createSigicmuService } from '../../../fixtures/sandbox/partners/sigicmu-service.ts';
import type { RestReply, RestService } from '../../../fixtures/sandbox/security-server/partner-service.ts';
import { readSoapMessage } from '../../../fixtures/sandbox/security-server/soap-reader.ts';
import type { DoorRequest } from './http-door.ts';
import { RegistrationRegister } from './registration-register.ts';

const REQUEST_ID = '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e';
// Kept as evidence by the caller of a REST service, who cannot verify it without the whole request.
const REST_HASH = 'sukHdJjPugt2fpYdm+kcpUSTqdH8fa/tQYWSyQ+Z+bKt8kfGtHSaz0A7TJnnIGlR06Fc7ZQpaDO0C7gqrXxHqg==';
const HEADER_END = '</soapenv:Header>';
const REST_SERVICE_PARTS = 7;

/** Answers of a population's registries; `keepAnswers` false works each out anew, for populations too large to keep. */
export class StaticPartners {
  readonly #cni: RestService;
  readonly #sigicmu: RestService;
  readonly #civilRegistry: ReturnType<typeof createEtatCivilService>;
  readonly #register: RegistrationRegister;
  readonly #replies = new Map<string, RestReply>();
  readonly #bodies = new Map<string, string>();
  readonly #keepAnswers: boolean;

  constructor(registries: Registries, seed: string, keepAnswers: boolean) {
    const book = createRegistrationBook(seed, registries.covers, MEMORY_JOURNAL);
    this.#cni = createCniService(registries.idCards);
    this.#sigicmu = createSigicmuService(book, {
      idempotencyKey: true,
      searchByReference: true,
      overchargeOf: () => null,
    });
    this.#civilRegistry = createEtatCivilService(registries.birthActs);
    this.#register = new RegistrationRegister(seed);
    this.#keepAnswers = keepAnswers;
  }

  /** Forgets all registrations. */
  reset(): void {
    this.#register.clear();
  }

  /** The whole answer to a request, as our Security Server would send it. */
  answer(request: DoorRequest): Buffer {
    return request.target.startsWith('/r1/') ? this.#answerRest(request) : this.#answerSoap(request.body);
  }

  #answerRest(request: DoorRequest): Buffer {
    const parts = request.target.split('/', REST_SERVICE_PARTS);
    const service = parts.slice(2).join('/');
    const rest = request.target.slice('/r1/'.length + service.length);
    const { status, body } = this.#reply(request, parts[5] === 'cni' ? this.#cni : this.#sigicmu, rest);
    return Buffer.from(
      `HTTP/1.1 ${status} OK\r\nContent-Type: application/json; charset=utf-8\r\nx-road-id: ${header(request.head, 'x-road-id')}\r\n` +
        `x-road-client: ${header(request.head, 'x-road-client')}\r\nx-road-service: ${service}\r\n` +
        `x-road-request-id: ${REQUEST_ID}\r\nx-road-request-hash: ${REST_HASH}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  #reply(request: DoorRequest, service: RestService, rest: string): Pick<RestReply, 'status' | 'body'> {
    const [path = '', query = ''] = rest.split('?', 2);
    const body = request.body.toString('utf8');
    const registration = service === this.#sigicmu ? this.#register.answer(request.method, path, query, body) : null;
    if (registration !== null) return registration;
    const key = `${request.target}\n${body}`;
    const kept = this.#replies.get(key);
    if (kept !== undefined) return kept;
    const reply = service.accept({ method: request.method, path, query, headers: [], body: request.body }).run();
    if (this.#keepAnswers) this.#replies.set(key, reply);
    return reply;
  }

  #answerSoap(asked: Buffer): Buffer {
    const text = asked.toString('utf8');
    const headerEnd = text.indexOf(HEADER_END);
    const question = text.slice(headerEnd);
    const hash = createHash('sha512').update(asked).digest('base64');
    const element = `<xrd:requestHash algorithmId="http://www.w3.org/2001/04/xmlenc#sha512">${hash}</xrd:requestHash>`;
    const head = text.slice(0, headerEnd).replace('</xrd:id>', `</xrd:id>${element}`);
    const body = `${head}${HEADER_END}<soapenv:Body>${this.#bodyXml(question, text)}</soapenv:Body></soapenv:Envelope>`;
    return Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  #bodyXml(question: string, text: string): string {
    const kept = this.#bodies.get(question);
    if (kept !== undefined) return kept;
    const reply = this.#civilRegistry.accept(readSoapMessage(text).body).run();
    if (reply.kind !== 'response') throw new Error('the civil registry could not read a question of the bench');
    if (this.#keepAnswers) this.#bodies.set(question, reply.bodyXml);
    return reply.bodyXml;
  }
}

function header(head: string, name: string): string {
  const at = head.toLowerCase().indexOf(`\r\n${name}: `);
  if (at < 0) return '';
  const from = at + name.length + 4;
  const end = head.indexOf('\r\n', from);
  return head.slice(from, end < 0 ? undefined : end);
}
