import type { Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { workUntilStopped } from '../work-until-stopped.ts';

/** `serve`: everything one machine needs, until stopped. */
export const serve: Command = {
  name: 'serve',
  summary: 'fait tourner tout le système sur cette machine',
  operands: '',
  options: {},
  details: [
    'Contient le planificateur des nuits : une par jour, à PNBSF_NIGHT_AT (« scheduler list » les montre).',
    'S’arrête sur Ctrl+C ou SIGTERM, après avoir fini les enrôlements en cours.',
  ],
  run: (_call, output) =>
    withInstallation(async (app) => {
      requireSecurityServer(app);
      const nights = await app.startScheduler();
      return workUntilStopped(
        app,
        output,
        'Prêt. Les exécutions inscrites par « pnbsf-cmu run » sont traitées ici. Ctrl+C pour arrêter.',
        // The alarm first: no night begins in a process that stops.
        () => nights.close(),
      );
    }),
};
