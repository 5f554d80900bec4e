import type { StagedLine } from '../../store/intake/staged-person.ts';
import type { ByteSource } from './byte-source.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import type { DeclaredTotals } from './declared-totals.ts';
import type { DeliveryLines } from './delivery-lines.ts';
import { FileLines } from './file-lines.ts';
import { XmlLines } from './xml-lines.ts';

/** Reads a file as what its first sign says it is: XML or CSV. */
export class SniffedLines implements DeliveryLines {
  readonly #source: ByteSource;
  readonly #catalogue: ColumnCatalogue;
  #lines: DeliveryLines | null = null;

  constructor(source: ByteSource, catalogue: ColumnCatalogue) {
    this.#source = source;
    this.#catalogue = catalogue;
  }

  get linesRead(): number {
    return this.#lines?.linesRead ?? 0;
  }

  get encoding(): string | null {
    return this.#lines?.encoding ?? null;
  }

  get separator(): string | null {
    return this.#lines?.separator ?? null;
  }

  get declared(): DeclaredTotals {
    return this.#lines?.declared ?? {};
  }

  notes(): string[] {
    return this.#lines?.notes() ?? [];
  }

  async *staged(): AsyncGenerator<readonly StagedLine[]> {
    const chunks = this.#source.chunks();
    const head = await firstSigns(chunks);
    const all = again(head.chunks, chunks);
    this.#lines = head.isXml ? new XmlLines(all, this.#catalogue) : new FileLines(all, this.#catalogue);
    yield* this.#lines.staged();
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Blank signs before the first that matters; beyond this many it is no XML. */
const MOST_BLANK = 64 * 1024;

async function firstSigns(chunks: AsyncGenerator<Buffer>): Promise<{ chunks: Buffer[]; isXml: boolean }> {
  const seen: Buffer[] = [];
  let head = Buffer.alloc(0);
  while (head.length < MOST_BLANK) {
    const next = await chunks.next();
    if (next.done === true) break;
    seen.push(next.value);
    head = Buffer.concat([head, next.value]);
    const start = head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    const first = head.subarray(start).find((byte) => byte > 0x20);
    if (first !== undefined && head.length >= 3) return { chunks: seen, isXml: first === '<'.charCodeAt(0) };
  }
  return { chunks: seen, isXml: false };
}

async function* again(seen: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* seen;
  yield* rest;
}
