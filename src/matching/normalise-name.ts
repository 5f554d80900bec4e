import { remembered } from './remembered.ts';

/** One word of a name: the form that is compared and the form that was written. */
export interface NameWord {
  /** `A`–`Z` only, upper case. */
  readonly key: string;
  readonly written: string;
}

/** Registries cut names at 60 to 100 characters; beyond this a field holds something else than a name. */
const LONGEST_NAME = 400;

const APOSTROPHES = /['’‘`´ʼʻʹ′＇]/gu;

/** Letters that lose more than a mark when decomposed, or do not decompose at all. */
const LETTERS: Readonly<Record<string, string>> = {
  Œ: 'OE',
  Æ: 'AE',
  Ñ: 'GN',
  Ŋ: 'NG',
  Ɲ: 'GN',
  Ɓ: 'B',
  Ɗ: 'D',
  Ƴ: 'Y',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  ß: 'SS',
  ẞ: 'SS',
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** The 27 characters Windows-1252 puts where Latin-1 has controls, by position from 0x80. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const READ_AS_WINDOWS_1252 = new RegExp(`Ã([\u0080-\u00bf${WINDOWS_1252}])`, 'gu');

/**
 * The words of a name as they are compared: accents, case, hyphens, apostrophes and damaged encodings folded away,
 * `0` and `1` inside a word read as `O` and `I`. Words without a Latin letter are left out: a name in Arabic script is
 * "not comparable", never "different". Never throws.
 */
export function nameWords(text: string): readonly NameWord[] {
  if (text === '') return [];
  const mended = mendEncoding(text.slice(0, LONGEST_NAME).normalize('NFC'));
  const words: NameWord[] = [];
  for (const written of mended.split(/[\s\-‐‑‒–—/_.,;:()"«»]+/u)) {
    const key = PLAIN_WORD.test(written) ? written : foldedWord(written);
    if (key !== '') words.push({ key, written });
  }
  return words;
}

/** The comparable form of a name, words separated by one space. Idempotent; empty when nothing is comparable. */
export function normaliseName(text: string): string {
  return nameWords(text)
    .map((word) => word.key)
    .join(' ');
}

/** The words as they were written. */
export function writtenName(words: readonly NameWord[]): string {
  return words.map((word) => word.written).join(' ');
}

/** UTF-8 read as Latin-1 or Windows-1252 ("GuÃ¨ye"), seen in extracts that went through a spreadsheet. */
function mendEncoding(text: string): string {
  if (!text.includes('Ã')) return text;
  return text.replace(READ_AS_WINDOWS_1252, (_, second: string) => {
    const position = WINDOWS_1252.indexOf(second);
    const byte = position >= 0 ? 0x80 + position : second.charCodeAt(0);
    return String.fromCharCode(byte + 0x40);
  });
}

/** What folding leaves as it is, which most registries write. */
const PLAIN_WORD = /^[A-Z]+$/;

const WORDS_REMEMBERED = 8_192;
const foldedWord = remembered(WORDS_REMEMBERED, foldWord);

function foldWord(written: string): string {
  const letters = written
    .replace(APOSTROPHES, '')
    .toUpperCase()
    .replace(SPECIAL_LETTER, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .toUpperCase();
  if (!/[A-Z]/.test(letters)) return '';
  return letters
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replace(/[^A-Z]/g, '');
}
