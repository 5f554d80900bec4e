import type { SocialRegistry } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { fetchPage } from './fetch-page.ts';
import { listBatches } from './list-batches.ts';

/** Where the RNU is reached. */
export interface RnuAdapterOptions {
  readonly exchange: ExchangeClient;
  readonly service: ServiceId;
  /** Members per page; 500 unless told. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 500;

/** The RNU's service, by the contract in `docs/partner-services.md`. */
export function createRnuAdapter({ exchange, service, pageSize = PAGE_SIZE }: RnuAdapterOptions): SocialRegistry {
  return {
    listBatches: (call) => listBatches(exchange, service, call),
    fetchPage: (batchNumber, cursor, call) => fetchPage(exchange, service, { batchNumber, cursor, pageSize }, call),
  };
}
