import { remembered } from './remembered.ts';

/**
 * Sound of a Senegalese name, spelling conventions (French, national orthography, Gambian English) folded together.
 * The order of the rules matters: each works on what the earlier ones left.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/kh|ck|q|x/g, 'k'],
  [/ch|sh/g, 's'],
  [/ou/g, 'u'],
  [/([aeiou])\1+/g, '$1'],
  [/th?i(?=[aeou])/g, 'c'],
  [/dh?[ijy](?=[aeou])/g, 'j'],
  [/th/g, 't'],
  [/gn|n[iy](?=[aeou])/g, 'ñ'],
  [/gu(?=[ei])/g, 'g'],
  [/c(?=[eiy])/g, 's'],
  [/c(?=[^aeiouy]|$)/g, 'k'],
  [/h/g, ''],
  [/z/g, 's'],
  [/(.)\1+/g, '$1'],
  [/ye$/, 'y'],
  [/ow$/, 'o'],
  [/a[ou]/g, 'aw'],
  [/e[iy]/g, 'e'],
  [/^(.{4,})e$/, '$1'],
  [/y$/, 'i'],
  [/b$/, 'p'],
  [/d$/, 't'],
];

/**
 * Key under which spellings of one name meet, from a normalised word (`A`–`Z`). For finding candidates and for one
 * level of comparison, never for equality: different families do share keys (Diaw, Diao).
 */
export function phoneticKey(word: string): string {
  return rememberedKey(word);
}

const WORDS_REMEMBERED = 8_192;
const rememberedKey = remembered(WORDS_REMEMBERED, soundOf);

function soundOf(word: string): string {
  let key = word.toLowerCase();
  for (const [pattern, replacement] of RULES) key = key.replace(pattern, replacement);
  return key;
}
