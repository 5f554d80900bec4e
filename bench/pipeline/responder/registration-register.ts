import type { Effect } from '../../../fixtures/sandbox/partners/effect-journal.ts';
import type { JsonObject } from '../../../fixtures/sandbox/partners/json-service.ts';
import { drawRegistrationCode } from '../../../fixtures/sandbox/partners/registration-code.ts';
import { registrationRequest } from '../../../fixtures/sandbox/partners/registration-request.ts';
import { listedView, registrationView } from '../../../fixtures/sandbox/partners/registration-view.ts';

/** What the desk answers; the rest of an answer is written by whoever sends it. */
interface DeskReply {
  readonly status: number;
  readonly body: string;
}

const REGISTRATIONS = '/v1/adhesions';
const SEARCH = '/v1/adhesions/recherche';
const USUAL_PAGE = 1_000;

/** SIGICMU's desk as the bench needs it: takes every registration down as it is asked, and lists what it took. */
export class RegistrationRegister {
  readonly #seed: string;
  #effects = new Map<string, Effect>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  clear(): void {
    this.#effects = new Map();
  }

  /** Null for whatever is not about registrations. */
  answer(method: string, path: string, query: string, body: string): DeskReply | null {
    if (path === SEARCH) return this.#find(JSON.parse(body) as JsonObject);
    if (path !== REGISTRATIONS) return null;
    return method === 'GET' ? this.#page(new URLSearchParams(query)) : this.#take(JSON.parse(body) as JsonObject);
  }

  #take(body: JsonObject): DeskReply {
    const request = registrationRequest(body);
    const registrationCode = request.renouvelle ?? drawRegistrationCode(this.#seed, request.reference, () => false);
    const effect: Effect = {
      entry: {
        at: '',
        operation: request.renouvelle === null ? 'adhesion' : 'renouvellement',
        campaign: request.campagne,
        person: request.referencePersonne,
        amountPaid: request.montantCotisation,
        registrationCode,
      },
      request,
      fingerprint: '',
    };
    this.#effects.set(request.reference, effect);
    return { status: request.renouvelle === null ? 201 : 200, body: JSON.stringify(registrationView(effect)) };
  }

  #find(body: JsonObject): DeskReply {
    const effect = this.#effects.get(String(body['reference']));
    if (effect !== undefined) return { status: 200, body: JSON.stringify(registrationView(effect)) };
    return { status: 404, body: JSON.stringify({ type: 'about:blank', status: 404, code: 'DEMANDE_INCONNUE' }) };
  }

  /** Oldest first; the cursor is the number of those before. */
  #page(query: URLSearchParams): DeskReply {
    const from = Number(query.get('apres') ?? 0);
    const to = from + Number(query.get('limite') ?? USUAL_PAGE);
    const adhesions = [...this.#effects.values()].slice(from, to).map(listedView);
    const total = this.#effects.size;
    return { status: 200, body: JSON.stringify({ adhesions, total, suivant: to < total ? String(to) : null }) };
  }
}
