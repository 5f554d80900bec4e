import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorProperty } from './error-property.ts';
import { IntakeError } from './intake-error.ts';

/** Where a delivery's bytes come from: a file, or a stream whose length may be known. */
export type ByteOrigin =
  { readonly path: string } | { readonly stream: AsyncIterable<Uint8Array>; readonly sizeBytes?: number };

/** Bytes taken from the origin so far; `bytesTotal` is null when the length is not known. */
export interface IntakeProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

const READ_BYTES = 256 * 1024;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const UTF16_MARKS: readonly (readonly [string, Buffer])[] = [
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/**
 * The bytes of one delivery, as text bytes: gzip is opened, UTF-16 rewritten as UTF-8, both recognised by their first
 * bytes. The fingerprint is of the bytes as delivered, what `sha256sum` prints.
 */
export class ByteSource {
  readonly #origin: ByteOrigin;
  readonly #onProgress: (progress: IntakeProgress) => void;
  readonly #hash = createHash('sha256');
  #bytesRead = 0;

  constructor(origin: ByteOrigin, onProgress: (progress: IntakeProgress) => void = () => undefined) {
    this.#origin = origin;
    this.#onProgress = onProgress;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Fingerprint of everything read; to be called once, at the end. */
  sha256(): Buffer {
    return this.#hash.digest();
  }

  /** Throws `IntakeError` when the origin cannot be read, the archive is damaged or the content is binary. */
  async *chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of decoded(unpacked(this.#delivered()))) {
      // No text holds a zero byte. Spreadsheets, archives, images and lost disk blocks all do.
      if (chunk.includes(0)) throw new IntakeError('FICHIER_BINAIRE');
      yield chunk;
    }
  }

  async *#delivered(): AsyncGenerator<Buffer> {
    try {
      const bytesTotal = await lengthOf(this.#origin);
      const stream =
        'path' in this.#origin
          ? createReadStream(this.#origin.path, { highWaterMark: READ_BYTES })
          : this.#origin.stream;
      for await (const part of stream as AsyncIterable<Uint8Array>) {
        const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
        this.#hash.update(chunk);
        this.#bytesRead += chunk.length;
        this.#onProgress({ bytesRead: this.#bytesRead, bytesTotal });
        yield chunk;
      }
    } catch (error) {
      throw asIntakeError(error);
    }
  }
}

async function lengthOf(origin: ByteOrigin): Promise<number | null> {
  if (!('path' in origin)) return origin.sizeBytes ?? null;
  const status = await stat(origin.path);
  if (status.isDirectory()) throw new IntakeError('FICHIER_EST_UN_DOSSIER');
  return status.isFile() ? status.size : null;
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await withHead(chunks);
  if (!head.subarray(0, 2).equals(GZIP_MAGIC)) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  // Errors of either end reach the reader of `gunzip`.
  pipeline(all, gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof IntakeError) throw error;
    throw new IntakeError('ARCHIVE_ENDOMMAGEE');
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await withHead(chunks);
  const encoding = UTF16_MARKS.find(([, mark]) => head.subarray(0, 2).equals(mark))?.[0];
  if (encoding === undefined) {
    yield* all;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of all) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

/** The first two bytes, however small the parts they came in, and the whole of the bytes again. */
async function withHead(chunks: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (!ended && head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, all: rest(head, iterator) };
}

async function* rest(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function asIntakeError(error: unknown): IntakeError {
  if (error instanceof IntakeError) return error;
  const code = errorProperty(error, 'code') ?? 'lecture interrompue';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new IntakeError('FICHIER_INTROUVABLE');
  if (code === 'EISDIR') return new IntakeError('FICHIER_EST_UN_DOSSIER');
  return new IntakeError('FICHIER_NON_LISIBLE', { detail: code });
}
