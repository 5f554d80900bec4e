/** What Windows-1252 means by the bytes 0x80 to 0x9F, in order; the five it leaves undefined stay what they are. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const FIRST_SIGN = 0x80;

/**
 * Decodes Windows-1252. Not by `TextDecoder('windows-1252')`: Node 20.20 and some releases after it decode that label as
 * ISO 8859-1, which loses exactly the signs of the table (`’` in names, `œ`).
 */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (control) => SIGNS[control.charCodeAt(0) - FIRST_SIGN] ?? control);
}
