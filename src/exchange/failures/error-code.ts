import { KNOWN_CODES, MANAGEMENT_CODES, MANAGEMENT_FAMILIES } from './known-codes.ts';

/** Who speaks, by the first segments of a code. */
export type CodeOrigin = 'Client' | 'Server.ClientProxy' | 'Server.ServerProxy' | 'Signer';

/** A code taken apart; segments normalised. `origin` is null when it has none of the four. */
export interface ErrorCode {
  readonly origin: CodeOrigin | null;
  readonly segments: readonly string[];
}

const ORIGINS: readonly (readonly [string, CodeOrigin])[] = [
  ['server.clientproxy', 'Server.ClientProxy'],
  ['server.serverproxy', 'Server.ServerProxy'],
  ['client', 'Client'],
  ['signer', 'Signer'],
];

/** The one code whose words changed order between 7.7 and 7.8. */
const ALIASES: Readonly<Record<string, string>> = { globalconfoutdated: 'outdatedglobalconf' };

const CANONICAL = new Map(KNOWN_CODES.map((code) => [code.toLowerCase(), code]));
const MANAGEMENT = new Set(MANAGEMENT_CODES.map(normaliseSegment));
const FAMILIES = MANAGEMENT_FAMILIES.map(normaliseSegment);

/** One spelling for both families of versions: trimmed, lower case, no underscore. */
export function normaliseCode(code: string): string {
  return code
    .trim()
    .split('.')
    .map((segment) => normaliseSegment(segment))
    .join('.');
}

/** Takes a code apart, in either spelling. */
export function parseErrorCode(code: string): ErrorCode {
  const normal = normaliseCode(code);
  for (const [prefix, origin] of ORIGINS) {
    if (normal === prefix) return { origin, segments: [] };
    if (normal.startsWith(`${prefix}.`)) return { origin, segments: normal.slice(prefix.length + 1).split('.') };
  }
  return { origin: null, segments: normal.split('.') };
}

/** Whether a normalised segment is one X-Road uses, whatever its version. */
export function isKnownSegment(segment: string): boolean {
  return CANONICAL.has(segment) || MANAGEMENT.has(segment) || FAMILIES.some((family) => segment.startsWith(family));
}

/**
 * The code in the spelling of versions up to 7.7, so that reports and metrics do not split at an upgrade. What is not
 * a plain code is not repeated: this text is logged, and a header may hold anything.
 */
export function canonicalCode(code: string): string {
  const { origin, segments } = parseErrorCode(code);
  const names = segments.map((segment) => CANONICAL.get(segment) ?? segment);
  const text = [...(origin === null ? [] : [origin]), ...names].join('.');
  return /^[A-Za-z.]{1,160}$/.test(text) ? text : UNRECOGNISED_CODE;
}

/** Stands for an error code that is not made like one. */
export const UNRECOGNISED_CODE = 'unrecognised-code';

function normaliseSegment(segment: string): string {
  const normal = segment.toLowerCase().replaceAll('_', '');
  return ALIASES[normal] ?? normal;
}
