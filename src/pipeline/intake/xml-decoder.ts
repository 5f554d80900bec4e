import { IntakeError } from './intake-error.ts';

/** Encodings an XML declaration may name, and how Node decodes each. ISO-8859-1 is read as what it nearly always is. */
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  // Rewritten as UTF-8 by whoever read the bytes.
  'utf-16': 'utf-8',
  'utf-16le': 'utf-8',
  'utf-16be': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** A declaration stands at the very beginning and is short. */
const DECLARATION_BYTES = 200;

/** Decodes an XML file by the encoding its declaration names; UTF-8 without one. Bytes that are no text refuse it. */
export class XmlDecoder {
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #held = Buffer.alloc(0);
  encoding: string | null = null;

  /** Throws `IntakeError`. */
  decode(chunk: Buffer): string {
    if (this.#decoder !== null) return this.#text(() => this.#decoder?.decode(chunk, { stream: true }) ?? '');
    this.#held = Buffer.concat([this.#held, chunk]);
    return this.#held.length < DECLARATION_BYTES ? '' : this.#begin(true);
  }

  end(): string {
    if (this.#decoder === null) return this.#begin(false);
    return this.#text(() => this.#decoder?.decode() ?? '');
  }

  #begin(stream: boolean): string {
    const head = this.#held.subarray(0, DECLARATION_BYTES).toString('latin1');
    const named = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1] ?? 'utf-8';
    const known = DECODERS[named.toLowerCase()];
    if (known === undefined) throw new IntakeError('XML_INVALIDE', { ligne: 1, detail: 'encodage inconnu' });
    this.encoding = known === 'utf-8' ? 'UTF-8' : 'Windows-1252';
    const decoder = new TextDecoder(known, { fatal: true });
    this.#decoder = decoder;
    const held = this.#held;
    return this.#text(() => decoder.decode(held, { stream }));
  }

  #text(decode: () => string): string {
    try {
      return decode();
    } catch {
      throw new IntakeError('XML_INVALIDE', { ligne: '?', detail: `octets étrangers à ${this.encoding ?? 'UTF-8'}` });
    }
  }
}
