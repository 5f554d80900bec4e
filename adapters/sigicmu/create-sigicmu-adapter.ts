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
  /** By insurer; the published contract unless told. Without `idempotencyKey` no key is sent. */
  readonly capabilitiesOf?: (insurer: string) => InsurerCapabilities;
  /** `typeBeneficiaire` of every registration; `BSF` unless told. */
  readonly beneficiaryType?: string;
  /** Registrations per page of the read-back; 1 000 unless told. */
  readonly pageSize?: number;
}

const CONTRACT: InsurerCapabilities = Object.freeze({
  idempotencyKey: true,
  searchByReference: true,
  searchByIdentity: false,
});
const PAGE_SIZE = 1_000;
const BENEFICIARY_TYPE = 'BSF';

/** SIGICMU, by the contract in `docs/partner-services.md`. */
export function createSigicmuAdapter(options: SigicmuAdapterOptions): Insurer {
  const { exchange, service, beneficiaryType = BENEFICIARY_TYPE, pageSize = PAGE_SIZE } = options;
  const capabilitiesOf = options.capabilitiesOf ?? ((): InsurerCapabilities => CONTRACT);
  return {
    capabilitiesOf,
    findCover: (query, call) => findCover(exchange, service, query, call),
    register: (request, call) => {
      const sendsKey = capabilitiesOf(request.insurer).idempotencyKey;
      return register(exchange, service, { beneficiaryType, sendsKey }, request, call);
    },
    findRegistration: (businessKey, call) => findRegistration(exchange, service, businessKey, call),
    listRegistrations: (campaign, cursor, call) =>
      listRegistrations(exchange, service, { campaign, cursor, pageSize }, call),
  };
}
