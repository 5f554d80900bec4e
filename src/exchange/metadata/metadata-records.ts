/** A member or subsystem registered on the exchange. */
export interface RegisteredClient {
  /** Instance, class, member and, for a subsystem, its code. */
  readonly parts: readonly string[];
  /** As registered; empty when it has none. */
  readonly name: string;
}

/** A service a provider offers. `kind` is `SOAP`, `REST` or `OPENAPI`. */
export interface ProviderService {
  readonly serviceCode: string;
  /** SOAP only. */
  readonly serviceVersion: string | null;
  readonly kind: string;
  /**
   * REST only. Paths may hold `*` and `**`. A right to the whole service is no endpoint, so that an allowed service
   * may have none.
   */
  readonly endpoints: readonly ServiceEndpoint[];
}

export interface ServiceEndpoint {
  readonly method: string;
  readonly path: string;
}

/** A service's own description, as it gave it. */
export interface ServiceDescription {
  readonly contentType: string;
  readonly text: string;
}
