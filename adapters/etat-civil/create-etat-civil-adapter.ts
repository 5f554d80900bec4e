import type { CivilRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { findBirthRecords } from './find-birth-records.ts';

/** Where the civil registry is reached. */
export interface EtatCivilAdapterOptions {
  readonly exchange: ExchangeClient;
  /** Its service code is also the name of the request element. */
  readonly service: ServiceId;
  /** Of the service's messages; `http://etatcivil.xroad.sn/actes` unless told. */
  readonly namespace?: string;
}

const NAMESPACE = 'http://etatcivil.xroad.sn/actes';

/** The civil registry (ANEC), by the contract in `docs/partner-services.md`. */
export function createEtatCivilAdapter(options: EtatCivilAdapterOptions): CivilRegistry {
  const { exchange, service, namespace = NAMESPACE } = options;
  return {
    findBirthRecords: (query, call) => findBirthRecords(exchange, { service, namespace }, query, call),
  };
}
