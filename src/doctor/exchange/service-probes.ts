import { randomUUID } from 'node:crypto';
import { PARTNERS, type PartnerName } from '../../config.ts';
import type { CallResult } from '../../domain/partner-call.ts';
import type { ServiceId } from '../../exchange/identifiers.ts';
import type { ExchangeMetadata, MethodList } from '../../exchange/metadata/exchange-metadata.ts';
import type { ProviderService, ServiceEndpoint } from '../../exchange/metadata/metadata-records.ts';
import { parseServiceId } from '../../exchange/parse-identifier.ts';
import { bad, good, unjudged, type Finding, type Probe } from '../check.ts';
import { withMetadata, type ExchangeSettings } from './exchange-settings.ts';
import { failedCall } from './failed-call.ts';

/** What we call of each service (docs/partner-services.md), with `x` for what varies; SOAP has one operation only. */
const CALLED: Readonly<Record<PartnerName, 'soap' | readonly ServiceEndpoint[]>> = {
  rnu: [
    { method: 'GET', path: '/v1/lots' },
    { method: 'GET', path: '/v1/lots/x/membres' },
  ],
  cni: [{ method: 'POST', path: '/v1/titulaires/recherche' }],
  'etat-civil': 'soap',
  sigicmu: [
    { method: 'POST', path: '/v1/beneficiaires/recherche' },
    { method: 'POST', path: '/v1/adhesions' },
    { method: 'POST', path: '/v1/adhesions/recherche' },
    { method: 'GET', path: '/v1/adhesions' },
  ],
};

/** Looks at our rights on each configured service; metadata calls need none themselves. */
export function serviceProbes(settings: ExchangeSettings): readonly Probe[] {
  if (settings.securityServers.length === 0) return [];
  return PARTNERS.map((partner) => ({
    name: `droits sur ${partner} (${settings.services[partner]})`,
    look: () =>
      withMetadata(settings, settings.securityServers, (metadata) =>
        rights(metadata, parseServiceId(settings.services[partner]), partner),
      ),
  }));
}

async function rights(metadata: ExchangeMetadata, service: ServiceId, partner: PartnerName): Promise<Finding> {
  const allowed = await services(metadata, 'allowedMethods', service, partner);
  if (allowed.kind !== 'answer') return failedCall(allowed);
  const ours = find(allowed.value, service);
  if (ours !== undefined) return endpointFinding(ours, partner);
  const offered = await services(metadata, 'listMethods', service, partner);
  if (offered.kind === 'answer' && find(offered.value, service) === undefined) {
    return bad(
      'le fournisseur n’offre pas ce service',
      `Corrigez ${settingOf(partner)} avec l’identifiant donné par le fournisseur${partner === 'etat-civil' ? ', version comprise' : ''}.`,
    );
  }
  return bad(
    'aucun droit pour notre sous-système',
    'Demandez au fournisseur d’accorder l’accès à XROAD_CLIENT ; un droit nouveau prend effet en une minute.',
  );
}

function services(
  metadata: ExchangeMetadata,
  list: MethodList,
  provider: ServiceId,
  partner: PartnerName,
): Promise<CallResult<readonly ProviderService[]>> {
  const context = { messageId: randomUUID(), issue: 'doctor' };
  return CALLED[partner] === 'soap'
    ? metadata.soapServices(list, provider, context)
    : metadata.restServices(list, provider, context);
}

function find(
  offered: readonly ProviderService[],
  { serviceCode, serviceVersion }: ServiceId,
): ProviderService | undefined {
  return offered.find(
    (one) =>
      one.serviceCode === serviceCode &&
      (one.serviceVersion === null || serviceVersion === undefined || one.serviceVersion === serviceVersion),
  );
}

/** A right to the whole service is no endpoint, so that a list without one of ours is a question, not a proof. */
function endpointFinding({ endpoints }: ProviderService, partner: PartnerName): Finding {
  const called = CALLED[partner];
  if (called === 'soap' || endpoints.length === 0) return good('accordés');
  const missing = called.filter((wanted) => !endpoints.some((endpoint) => covers(endpoint, wanted)));
  if (missing.length === 0) return good(`accordés (${endpoints.length} points d’accès)`);
  return unjudged(
    `non mentionnés : ${missing.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
    'Demandez au fournisseur si ces appels sont permis à XROAD_CLIENT.',
  );
}

/** `*` is one segment of a path, `**` any number of them. */
function covers(endpoint: ServiceEndpoint, { method, path }: ServiceEndpoint): boolean {
  if (endpoint.method !== method && endpoint.method !== '*') return false;
  const pattern = endpoint.path
    .split(/(\*\*|\*)/)
    .map((piece) => (piece === '**' ? '.*' : piece === '*' ? '[^/]+' : piece.replace(/[\\^$.|?+(){}[\]]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).test(path);
}

function settingOf(partner: PartnerName): string {
  return `XROAD_SERVICE_${partner.toUpperCase().replace('-', '_')}`;
}
