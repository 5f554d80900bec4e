/** What keeps us from Redis, in words for whoever can mend it. The text of the library may quote a password; these do not. */
export interface RedisTrouble {
  /** French, without a full stop. */
  readonly what: string;
  readonly remedy: string;
}

const UNKNOWN_AUTHORITY = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

const KNOWN: readonly (readonly [pattern: RegExp, trouble: RedisTrouble])[] = [
  [
    new RegExp(`^(${UNKNOWN_AUTHORITY.join('|')})\\b`),
    {
      what: 'certificat signé par une autorité inconnue',
      remedy: 'Indiquez dans REDIS_TLS_CA le fichier PEM de l’autorité qui a signé le certificat de Redis.',
    },
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID\b/,
    {
      what: 'certificat établi pour un autre nom',
      remedy:
        'Faites figurer dans le certificat de Redis le nom ou l’adresse de REDIS_URL, ou employez celui qui y figure.',
    },
  ],
  [/^CERT_HAS_EXPIRED\b/, { what: 'certificat périmé', remedy: 'Renouvelez le certificat de Redis.' }],
  [
    /^CERT_NOT_YET_VALID\b/,
    { what: 'certificat pas encore valable', remedy: 'Comparez les horloges des deux machines.' },
  ],
  [
    /ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)|EPROTO/,
    {
      what: 'le serveur ne parle pas TLS sur ce port',
      remedy: 'Corrigez le port, ou écrivez redis:// dans REDIS_URL.',
    },
  ],
  [
    /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/,
    { what: 'Redis exige un certificat client', remedy: 'Réglez « tls-auth-clients no » : le mot de passe suffit.' },
  ],
  [
    /^(ENOENT|EACCES|EISDIR)\b/,
    {
      what: 'fichier de l’autorité illisible',
      remedy: 'Vérifiez le chemin de REDIS_TLS_CA et les droits sur ce fichier.',
    },
  ],
  [
    /NOAUTH|called without any password|Password is required/i,
    {
      what: 'Redis demande un mot de passe',
      remedy: 'Écrivez REDIS_URL sous la forme rediss://utilisateur:motdepasse@hôte:port.',
    },
  ],
  [
    /WRONGPASS|invalid username-password|invalid password/i,
    {
      what: 'Redis refuse l’utilisateur ou le mot de passe',
      remedy: 'Corrigez-les dans REDIS_URL ; encodez les caractères @ : / # %.',
    },
  ],
  [
    /NOPERM/,
    {
      what: 'les droits (ACL) de cet utilisateur ne suffisent pas',
      remedy: 'Donnez-lui les commandes et les clés que décrit docs/scale-out.md.',
    },
  ],
  [
    /^READONLY\b|read only replica/i,
    {
      what: 'ce Redis est une réplique',
      remedy: 'Désignez le serveur principal dans REDIS_URL, ou indiquez REDIS_SENTINELS.',
    },
  ],
  [/^LOADING\b/, { what: 'Redis relit son journal', remedy: 'Attendez qu’il ait fini, puis recommencez.' }],
  [
    /sentinels are unreachable/,
    {
      what: 'aucun Sentinel ne désigne de serveur principal',
      remedy: 'Vérifiez REDIS_SENTINELS, REDIS_SENTINEL_NAME et REDIS_SENTINEL_PASSWORD.',
    },
  ],
  [
    /^(ECONNRESET|EPIPE)\b|Connection is closed/,
    {
      what: 'connexion coupée par le serveur',
      remedy: 'Si Redis n’accepte que TLS sur ce port, écrivez rediss:// dans REDIS_URL.',
    },
  ],
  [/^(ENOTFOUND|EAI_AGAIN)\b/, { what: 'nom d’hôte inconnu', remedy: 'Corrigez l’hôte dans REDIS_URL, ou le DNS.' }],
  [
    /^ECONNREFUSED\b/,
    {
      what: 'personne n’écoute à cette adresse',
      remedy: 'Vérifiez l’hôte et le port de REDIS_URL et que Redis est démarré.',
    },
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b|timed out/i,
    {
      what: 'pas de réponse',
      remedy: 'Vérifiez l’adresse de REDIS_URL, le réseau et le pare-feu ; un port sans TLS se tait devant rediss://.',
    },
  ],
];

/** Names what is wrong from the errors met on the way, the first first; null when it is none of the known troubles. */
export function redisTrouble(errors: readonly unknown[]): RedisTrouble | null {
  for (const error of errors) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    const text = [code, message].filter((word) => typeof word === 'string' && word !== '').join(' ');
    const known = KNOWN.find(([pattern]) => pattern.test(text));
    if (known !== undefined) return known[1];
  }
  return null;
}
