import type { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { frenchDate } from '../../domain/french/numbers.ts';
import { tlsSettings, type TlsFiles } from '../../exchange/transport/tls-files.ts';
import { bad, good, unjudged, type Finding } from '../check.ts';
import { errorLabel } from '../error-label.ts';

const DAY_MS = 86_400_000;
/** Enough for a certificate to be renewed and deposited by another administration. */
const EXPIRY_NOTICE_DAYS = 30;

/** Shakes hands with a Security Server as calls do: same authority, same certificate of ours, same name check. */
export async function tlsFinding(url: URL, files: TlsFiles): Promise<Finding> {
  if (url.protocol === 'http:') return unjudged('en clair (http)', 'En production, utilisez une adresse https.');
  let settings;
  try {
    settings = tlsSettings(files);
  } catch (error) {
    return bad(
      `certificat ou clé illisible (${errorLabel(error)})`,
      'Vérifiez XROAD_TLS_CA, XROAD_TLS_CERT et XROAD_TLS_KEY : des fichiers PEM lisibles, la clé allant avec le certificat.',
    );
  }
  return new Promise((resolve) => {
    const host = url.hostname;
    const socket = connect({ host, port: Number(url.port || 443), ...settings, rejectUnauthorized: false });
    socket.on('error', (error) => {
      socket.destroy();
      resolve(
        bad(`négociation impossible (${errorLabel(error)})`, 'Vérifiez le port et que le serveur parle TLS 1.2.'),
      );
    });
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const { authorized, authorizationError } = socket as { authorized: boolean; authorizationError: unknown };
      socket.destroy();
      resolve(authorized ? expiry(certificate) : untrusted(authorizationError));
    });
  });
}

/** Node gives the code itself, or an error that has one. */
function untrusted(reason: unknown): Finding {
  const code = typeof reason === 'string' ? reason : errorLabel(reason);
  if (code === 'CERT_HAS_EXPIRED')
    return bad(
      'certificat expiré',
      'L’administrateur du serveur de sécurité doit le renouveler ; mettez XROAD_TLS_CA à jour.',
    );
  if (code === 'FINGERPRINT_MISMATCH')
    return bad(
      'le certificat n’a pas l’empreinte attendue',
      'Si son remplacement est annoncé, ajoutez la nouvelle empreinte à XROAD_TLS_FINGERPRINT ; sinon, prévenez l’administrateur du serveur de sécurité.',
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return bad(
      'le certificat porte un autre nom que l’adresse',
      'Utilisez dans XROAD_SECURITY_SERVERS le nom inscrit dans le certificat, ou donnez son empreinte (XROAD_TLS_FINGERPRINT).',
    );
  return bad(
    `certificat non reconnu (${code})`,
    'Exportez le certificat interne du serveur de sécurité et indiquez-le dans XROAD_TLS_CA.',
  );
}

function expiry(certificate: X509Certificate | undefined): Finding {
  if (certificate === undefined) return good('certificat reconnu');
  const until = new Date(certificate.validTo);
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  const detail = `certificat reconnu, valable jusqu’au ${frenchDate(until.toISOString().slice(0, 10))}`;
  if (days > EXPIRY_NOTICE_DAYS) return good(detail);
  return bad(
    `${detail} : ${days} jours`,
    'Faites renouveler le certificat avant cette date, puis mettez XROAD_TLS_CA à jour.',
  );
}
