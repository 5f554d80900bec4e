/** Longer texts are no names, and are made anew each time: a few of them must not fill the memory. */
const LONGEST_REMEMBERED = 200;

/**
 * The same pure function, with a memory of the texts it was asked for last: at least `size` of them, at most twice as
 * many. A visit asks for each name of a household a dozen times, and all visits together for few words.
 */
export function remembered<T extends object | string | number>(
  size: number,
  make: (text: string) => T,
): (text: string) => T {
  let recent = new Map<string, T>();
  let former = new Map<string, T>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const value = former.get(text) ?? make(text);
    if (text.length > LONGEST_REMEMBERED) return value;
    if (recent.size >= size) {
      former = recent;
      recent = new Map();
    }
    recent.set(text, value);
    return value;
  };
}

/** As above for a function of a text and of what it is read with: a memory for each lexicon, gone when that is gone. */
export function rememberedWith<W extends object, T extends object | string | number>(
  size: number,
  make: (text: string, using: W) => T,
): (text: string, using: W) => T {
  const memories = new WeakMap<W, (text: string) => T>();
  return (text, using) => {
    let memory = memories.get(using);
    if (memory === undefined) {
      memory = remembered(size, (asked) => make(asked, using));
      memories.set(using, memory);
    }
    return memory(text);
  };
}
