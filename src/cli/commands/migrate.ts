import type { Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';

/** `migrate`: brings the database up to this version. Every command does so too; this one does nothing else. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'met la base de données au niveau de cette version',
  operands: '',
  options: {},
  run: (_call, output) =>
    withInstallation(async () => {
      output.result('Base de données à jour.');
      return Promise.resolve(0);
    }),
};
