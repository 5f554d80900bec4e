import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A key cannot be used. */
export class SigningKeyError extends Error {
  readonly code = 'CLE_RAPPORT_INUTILISABLE';
  readonly remedy = 'Donnez une clé Ed25519 au format PEM : privée pour signer, publique pour vérifier (--key).';
}

/** The private key of a PEM file. Throws {@link SigningKeyError}. */
export async function readPrivateKey(path: string): Promise<KeyObject> {
  return ed25519(await keyText(path), path, createPrivateKey);
}

/** The public key of a PEM file; of a private key's file, its public half. Throws {@link SigningKeyError}. */
export async function readPublicKey(path: string): Promise<KeyObject> {
  return ed25519(await keyText(path), path, createPublicKey);
}

/** SHA-256 of a key's public half (SPKI, DER), in hexadecimal. */
export function keyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Files of the keys an installation makes for itself. */
export interface OwnKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * The keys of an installation that was given none: made once, the private one readable by its owner only. Two processes
 * that come at once end with the same key, because the file appears whole or not at all.
 */
export async function ownKeys(folder: string): Promise<OwnKeys> {
  const keys = { privateKey: join(folder, 'rapport-privee.pem'), publicKey: join(folder, 'rapport-publique.pem') };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await keyText(keys.privateKey).catch(() => null)) === null) await makePrivateKey(keys.privateKey);
  const publicPem = createPublicKey(await readPrivateKey(keys.privateKey)).export({ type: 'spki', format: 'pem' });
  await writeFile(keys.publicKey, publicPem, { mode: 0o644 });
  return keys;
}

async function makePrivateKey(path: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await link(draft, path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was first: its key stands
  });
  await rm(draft);
}

async function keyText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SigningKeyError(`La clé ${path} ne peut pas être lue.`, { cause: error });
  }
}

function ed25519(pem: string, path: string, read: (pem: string) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read(pem);
  } catch (error) {
    throw new SigningKeyError(`${path} ne contient pas de clé utilisable.`, { cause: error });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new SigningKeyError(`${path} contient une clé qui n’est pas Ed25519.`);
  return key;
}
