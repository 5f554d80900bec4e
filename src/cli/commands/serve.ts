import type { Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { workUntilStopped } from '../work-until-stopped.ts';

/** `serve`: everything one machine needs, until stopped. */
export const serve: Command = {
  name: 'serve',
  summary: 'fait tourner tout le système sur cette machine',
  operands: '',
  options: {},
  details: ['S’arrête sur Ctrl+C ou SIGTERM, après avoir fini les enrôlements en cours.'],
  run: (_call, output) =>
    withInstallation((app) => {
      requireSecurityServer(app);
      return workUntilStopped(
        app,
        output,
        'Prêt. Les exécutions inscrites par « pnbsf-cmu run » sont traitées ici. Ctrl+C pour arrêter.',
      );
    }),
};
