import type { Output } from './output.ts';

/** An option as help shows it. `value` names what follows it; without it the option is a switch. */
export interface CommandOption {
  readonly value?: string;
  readonly help: string;
  /** May be given several times, or once with commas. */
  readonly many?: true;
}

/** What a command was called with, checked against its declaration. */
export interface Call {
  readonly positionals: readonly string[];
  /** Value of an option, or null. */
  text(name: string): string | null;
  /** Values of an option that may be repeated, blanks left out; empty when it was not given. */
  texts(name: string): readonly string[];
  on(name: string): boolean;
  /** Value of an option as a whole number ≥ 0; throws {@link UsageError} otherwise. */
  wholeNumber(name: string, fallback: number): number;
  /** Value of an option as a day of the calendar, `AAAA-MM-JJ`, or null; throws {@link UsageError} otherwise. */
  date(name: string): string | null;
}

/** One command of the program. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the options, as help shows it: `FICHIER…`. Empty for none. */
  readonly operands: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Further lines of help. */
  readonly details?: readonly string[];
  /** Exit status: 0 done, 1 failed, 3 people are left to see (only where help says so). */
  run(call: Call, output: Output): Promise<number>;
}

/** The command was called wrongly: exit status 2, and the help of the command is named. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}
