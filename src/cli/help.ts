import type { Command, CommandOption } from './command.ts';

/** Help of the whole program. */
export function programHelp(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => command.name.length)) + 2;
  return [
    `pnbsf-cmu ${version} — enrôlement gratuit des bénéficiaires du PNBSF dans la couverture maladie`,
    '',
    'Usage : pnbsf-cmu COMMANDE [options]',
    '',
    'Commandes :',
    ...commands.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    'pnbsf-cmu COMMANDE --help décrit une commande.',
    'Codes de sortie : 0 fait · 1 échec · 2 commande mal formée · 3 il reste des personnes à voir (run --wait, status).',
    'Réglages : variables d’environnement, décrites dans docs/settings.md.',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp(command: Command): string {
  const declared: Readonly<Record<string, CommandOption>> = {
    ...command.options,
    help: { help: 'affiche cette aide' },
  };
  const options = Object.entries(declared).map(
    ([name, { value, help }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  const width = Math.max(...options.map(([name]) => name.length)) + 2;
  return [
    command.summary,
    '',
    `Usage : pnbsf-cmu ${command.name} [options]${command.operands === '' ? '' : ` ${command.operands}`}`,
    '',
    'Options :',
    ...options.map(([name, help]) => `  ${name.padEnd(width)}${help}`),
    ...(command.details ? ['', ...command.details] : []),
  ].join('\n');
}
