import { parseArgs } from 'node:util';
import { formatPartialDate, parsePartialDate } from '../domain/partial-date.ts';
import { UsageError, type Call, type Command } from './command.ts';

/** Checks the words of a call against the command's declaration. Throws {@link UsageError}. */
export function parseCall(command: Command, words: readonly string[]): Call {
  const declared = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      {
        type: option.value === undefined ? ('boolean' as const) : ('string' as const),
        ...(option.many ? { multiple: true } : {}),
      },
    ]),
  );
  const { values, positionals } = parse(words, { ...declared, help: { type: 'boolean' } });
  const tooMany = positionals[mostOperands(command)];
  if (tooMany !== undefined) throw new UsageError(`« ${tooMany} » est de trop.`);
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    positionals,
    text,
    texts(name) {
      const value = values[name];
      const given = Array.isArray(value) ? value.map(String) : [];
      return given.flatMap((one) => one.split(',')).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
    },
    on: (name) => values[name] === true,
    wholeNumber(name, fallback) {
      const value = text(name);
      if (value === null) return fallback;
      if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} : « ${value} » n’est pas un nombre entier.`);
      return Number(value);
    },
    date(name) {
      const value = text(name);
      if (value === null || (value.length === 10 && formatPartialDate(parsePartialDate(value)) === value)) return value;
      throw new UsageError(`--${name} : « ${value} » n’est pas une date AAAA-MM-JJ.`);
    },
  };
}

/** Help writes one word for each operand, and `…` after one that may be repeated. */
function mostOperands({ operands }: Command): number {
  if (operands.includes('…')) return Infinity;
  return operands.split(' ').filter((word) => word !== '').length;
}

type Declared = Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly multiple?: boolean }>>;

function parse(words: readonly string[], options: Declared): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(inFrench(error as Error & { code?: string }, options));
  }
}

function inFrench(error: Error & { code?: string }, options: Declared): string {
  const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? '';
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Option inconnue : ${option}.`;
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return options[option.replace(/^-+/, '')]?.type === 'string'
      ? `L’option ${option} attend une valeur.`
      : `L’option ${option} n’attend pas de valeur.`;
  return 'Ligne de commande illisible.';
}
