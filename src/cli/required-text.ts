import { UsageError, type Call } from './command.ts';

/** An option that a decision cannot go without, trimmed. Throws {@link UsageError} when it is missing or blank. */
export function requiredText(call: Call, option: string, why = 'la décision est inscrite au journal'): string {
  const value = call.text(option)?.trim() ?? '';
  if (value === '') throw new UsageError(`--${option} est obligatoire : ${why}.`);
  return value;
}
