import { parseArgs } from 'node:util';
import { UsageError, type Call, type Command } from './command.ts';

/** Checks the words of a call against the command's declaration. Throws {@link UsageError}. */
export function parseCall(command: Command, words: readonly string[]): Call {
  const declared = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      { type: option.value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals } = parse(words, { ...declared, help: { type: 'boolean' } });
  if (positionals.length > 0 && command.operands === '')
    throw new UsageError(`« ${positionals[0] ?? ''} » est de trop.`);
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    positionals,
    text,
    on: (name) => values[name] === true,
    wholeNumber(name, fallback) {
      const value = text(name);
      if (value === null) return fallback;
      if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} : « ${value} » n’est pas un nombre entier.`);
      return Number(value);
    },
  };
}

type Declared = Readonly<Record<string, { readonly type: 'boolean' | 'string' }>>;

function parse(words: readonly string[], options: Declared): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(inFrench(error as Error & { code?: string }));
  }
}

function inFrench(error: Error & { code?: string }): string {
  const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? '';
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Option inconnue : ${option}.`;
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `L’option ${option} attend une valeur, ou n’en attend pas.`;
  return 'Ligne de commande illisible.';
}
