import { describe, expect, it } from '@jest/globals';
import { remembered, rememberedWith } from '../../src/matching/remembered.ts';

function counted(size: number): { readonly ask: (text: string) => string; readonly made: string[] } {
  const made: string[] = [];
  const ask = remembered(size, (text) => {
    made.push(text);
    return `<${text}>`;
  });
  return { ask, made };
}

describe('remembered', () => {
  it('makes once what it is asked for again, an empty result included', () => {
    let calls = 0;
    const empty = remembered(4, () => {
      calls++;
      return '';
    });
    expect([empty('A'), empty('A'), calls]).toEqual(['', '', 1]);
  });

  it('answers rightly however many texts go by, and holds at most twice its size of them', () => {
    const { ask, made } = counted(3);
    const texts = Array.from({ length: 50 }, (_, at) => String(at));
    expect(texts.map(ask)).toEqual(texts.map((text) => `<${text}>`));
    made.length = 0;
    for (const text of [...texts].reverse().slice(0, 3)) ask(text);
    expect(made).toEqual([]);
    for (const text of texts.slice(0, 44)) expect(ask(text)).toBe(`<${text}>`);
    expect(made).toHaveLength(44);
  });

  it('keeps what is asked for time and again while others go by', () => {
    const { ask, made } = counted(3);
    for (let at = 0; at < 30; at++) {
      ask('DIOP');
      ask(String(at));
    }
    expect(made.filter((text) => text === 'DIOP')).toHaveLength(1);
  });

  it('does not keep a text too long for a name', () => {
    const { ask, made } = counted(3);
    const long = 'A'.repeat(201);
    expect([ask(long), ask(long)]).toEqual([`<${long}>`, `<${long}>`]);
    expect(made).toHaveLength(2);
  });

  it('has a memory for each thing a text is read with', () => {
    const read = rememberedWith(3, (text, using: { readonly mark: string }) => using.mark + text);
    const [one, other] = [{ mark: '1' }, { mark: '2' }];
    expect([read('A', one), read('A', other), read('A', one)]).toEqual(['1A', '2A', '1A']);
  });
});
