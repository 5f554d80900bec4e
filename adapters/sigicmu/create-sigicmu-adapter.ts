import type { Insurer, InsurerCapabilities } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { findCover } from './find-cover.ts';
import { findRegistration } from './find-registration.ts';
import { listRegistrations } from './list-registrations.ts';
import { register } from './register.ts';

/** Where SIGICMU is reached and what it offers. */
export interface SigicmuAdapterOptions {
  readonly exchange: ExchangeClient;
  readonly service: ServiceId;
  /** What it does not say is offered. Without `idempotencyKey` no key is sent. */
  readonly capabilities?: Partial<InsurerCapabilities>;
  /** `typeBeneficiaire` of every registration; `BSF` unless told. */
  readonly beneficiaryType?: string;
  /** Registrations per page of the read-back; 1 000 unless told. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 1_000;
const BENEFICIARY_TYPE = 'BSF';

/** SIGICMU, by the contract in `docs/partner-services.md`. */
export function createSigicmuAdapter(options: SigicmuAdapterOptions): Insurer {
  const { exchange, service, beneficiaryType = BENEFICIARY_TYPE, pageSize = PAGE_SIZE } = options;
  const capabilities: InsurerCapabilities = Object.freeze({
    idempotencyKey: options.capabilities?.idempotencyKey ?? true,
    searchByReference: options.capabilities?.searchByReference ?? true,
  });
  const desk = { beneficiaryType, sendsKey: capabilities.idempotencyKey };
  return {
    capabilities,
    findCover: (query, call) => findCover(exchange, service, query, call),
    register: (request, call) => register(exchange, service, desk, request, call),
    findRegistration: (businessKey, call) => findRegistration(exchange, service, businessKey, call),
    listRegistrations: (campaign, cursor, call) =>
      listRegistrations(exchange, service, { campaign, cursor, pageSize }, call),
  };
}
