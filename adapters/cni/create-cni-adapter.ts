import type { NationalIdRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { findByNationalId } from './find-by-national-id.ts';

/** Where DAF's file is reached. */
export interface CniAdapterOptions {
  readonly exchange: ExchangeClient;
  readonly service: ServiceId;
}

/** DAF's file behind the CNI, by the contract in `docs/partner-services.md`. */
export function createCniAdapter({ exchange, service }: CniAdapterOptions): NationalIdRegistry {
  return {
    findByNationalId: (nationalId, call) => findByNationalId(exchange, service, nationalId, call),
  };
}
