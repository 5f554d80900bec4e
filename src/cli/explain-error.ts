/** Words for failures the product did not raise itself: from Node, by its code, or from PostgreSQL, by its SQLSTATE. */
export const FROM_OUTSIDE: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  ...same(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EAI_AGAIN'], {
    what: 'Un serveur ne répond pas',
    remedy: 'Vérifiez les adresses de DATABASE_URL et de REDIS_URL, et que ces serveurs sont démarrés.',
  }),
  ...same(['28P01', '28000'], {
    what: 'PostgreSQL refuse l’utilisateur ou le mot de passe',
    remedy: 'Corrigez DATABASE_URL.',
  }),
  '3D000': { what: 'Cette base de données n’existe pas', remedy: 'Créez-la, ou corrigez DATABASE_URL.' },
  '42501': {
    what: 'L’utilisateur de la base de données n’a pas les droits nécessaires',
    remedy: 'Donnez-lui la propriété de la base, ou indiquez un autre utilisateur dans DATABASE_URL.',
  },
  ...same(['53100', 'ENOSPC'], { what: 'Le disque est plein', remedy: 'Libérez de la place, puis recommencez.' }),
  ...same(['53300'], {
    what: 'PostgreSQL n’accepte pas une connexion de plus',
    remedy: 'Augmentez max_connections, ou diminuez PNBSF_POOL ou le nombre de processus.',
  }),
  ENOENT: { what: 'Fichier ou dossier introuvable', remedy: 'Vérifiez le chemin.' },
  ...same(['EACCES', 'EPERM', 'EROFS'], { what: 'Accès refusé', remedy: 'Vérifiez les droits sur ce chemin.' }),
  EISDIR: { what: 'Ceci est un dossier, un fichier est attendu', remedy: 'Vérifiez le chemin.' },
  EADDRINUSE: {
    what: 'Ce port est déjà pris',
    remedy: 'Choisissez-en un autre, ou arrêtez le programme qui l’occupe.',
  },
  'exchange-options': {
    what: 'Réglages X-Road inutilisables',
    remedy:
      'XROAD_SECURITY_SERVERS attend des adresses https://hôte:port ; XROAD_TLS_CERT et XROAD_TLS_KEY vont ensemble.',
  },
};

interface Explicable {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly remedy?: unknown;
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly stack?: unknown;
}

/**
 * What a person at the terminal reads of an error. Ours carry words, a code and a remedy; a library's is named by its
 * code alone, because its text may quote people's data. With `detail` the places in the program follow.
 */
export function explainError(error: unknown, detail: boolean): string {
  const known = error as Explicable;
  const places = detail ? stackPlaces(known) : [];
  return [...(ourOwn(known) ?? fromOutside(known) ?? unexplained(error)), ...places].join('\n');
}

function ourOwn({ code, message, remedy }: Explicable): readonly string[] | null {
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  const ours = /^[A-Z_]{6,}$/.test(code) && !/^E[A-Z]+$/.test(code) && !code.startsWith('ERR_');
  if (!ours || code in FROM_OUTSIDE) return null;
  return [message, ...(typeof remedy === 'string' ? [`→ ${remedy}`] : []), `(${code})`];
}

function fromOutside(error: Explicable): readonly string[] | null {
  const { code } = error;
  const words = typeof code === 'string' ? FROM_OUTSIDE[code] : undefined;
  if (words === undefined) return null;
  const subject = subjectOf(error);
  return [subject === null ? `${words.what}.` : `${words.what} : ${subject}`, `→ ${words.remedy}`, `(${String(code)})`];
}

function subjectOf({ path, address, port }: Explicable): string | null {
  if (typeof path === 'string') return path;
  if (typeof port !== 'number') return null;
  return typeof address === 'string' ? `${address}:${port}` : `port ${port}`;
}

function unexplained(error: unknown): readonly string[] {
  const { code } = error as Explicable;
  const name = error instanceof Error ? error.constructor.name : 'Error';
  const label = typeof code === 'string' ? `${name}, ${code}` : name;
  return [
    `Erreur imprévue (${label}).`,
    '→ Recommencez avec PNBSF_LOG=debug et transmettez le texte à l’exploitation.',
  ];
}

/** The stack without its first lines, which repeat the message. */
function stackPlaces({ stack }: Explicable): readonly string[] {
  return typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
}

function same<T>(codes: readonly string[], words: T): Readonly<Record<string, T>> {
  return Object.fromEntries(codes.map((code) => [code, words]));
}
