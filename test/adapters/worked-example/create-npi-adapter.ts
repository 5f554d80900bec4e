import type { NationalIdRegistry } from '../../../src/domain/partners.ts';
import type { ExchangeClient } from '../../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../../src/exchange/identifiers.ts';
import { findByNpi } from './find-by-npi.ts';

/** Where the register is reached. */
export interface NpiAdapterOptions {
  readonly exchange: ExchangeClient;
  readonly service: ServiceId;
}

/** The invented register of natural persons. */
export function createNpiAdapter({ exchange, service }: NpiAdapterOptions): NationalIdRegistry {
  return {
    findByNationalId: (npi, call) => findByNpi(exchange, service, npi, call),
  };
}
