import type { CallResult } from '../../domain/partner-call.ts';
import { bad, type Finding } from '../check.ts';

type Failed = Exclude<CallResult<unknown>, { kind: 'answer' }>;

/** Advice by the beginning of a failure code, first fit. */
const ADVICE: readonly (readonly [code: string, advice: string])[] = [
  ['connect', 'Vérifiez XROAD_SECURITY_SERVERS, le réseau et que le serveur de sécurité est démarré.'],
  ['name-not-resolved', 'Vérifiez le nom d’hôte dans XROAD_SECURITY_SERVERS, et le DNS.'],
  ['tls-not-trusted', 'Vérifiez XROAD_TLS_CA, et que XROAD_TLS_CERT est déposé sur le serveur de sécurité.'],
  ['not-x-road', 'Cette adresse n’est pas celle d’un serveur de sécurité : vérifiez XROAD_SECURITY_SERVERS.'],
  ['Server.ClientProxy.UnknownMember', 'Faites inscrire XROAD_CLIENT, et vérifiez l’identifiant du service.'],
  ['Server.ClientProxy.InvalidClientIdentifier', 'Corrigez XROAD_CLIENT.'],
  [
    'Server.ClientProxy.SslAuthenticationFailed',
    'Déposez XROAD_TLS_CERT sur le serveur de sécurité pour XROAD_CLIENT.',
  ],
  [
    'Server.ClientProxy.OutdatedGlobalConf',
    'L’administrateur du serveur de sécurité doit rétablir la configuration globale.',
  ],
  ['Server.ClientProxy', 'Prévenez l’administrateur de notre serveur de sécurité, avec ce code.'],
  ['Server.ServerProxy', 'Prévenez le fournisseur du service, avec ce code.'],
];

/** A call that brought no answer, as a finding. */
export function failedCall(result: Failed): Finding {
  const { code, trace } = result;
  const advice = ADVICE.find(([beginning]) => code.startsWith(beginning))?.[1];
  const reference = trace.errorDetailId === null ? '' : ` (journal : ${trace.errorDetailId})`;
  return bad(`échec : ${code}${reference}`, advice ?? 'Consultez docs/exchange-errors.md pour ce code.');
}
