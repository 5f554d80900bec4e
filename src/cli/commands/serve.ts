import type { Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { untilStopped } from '../until-stopped.ts';

/** `serve`: everything one machine needs, until stopped. */
export const serve: Command = {
  name: 'serve',
  summary: 'fait tourner tout le système sur cette machine',
  operands: '',
  options: {},
  details: ['S’arrête sur Ctrl+C ou SIGTERM, après avoir fini les enrôlements en cours.'],
  run: (_call, output) =>
    withInstallation(async (app) => {
      requireSecurityServer(app);
      const work = await app.startWork();
      output.say('Prêt. Les exécutions inscrites par « pnbsf-cmu run » sont faites ici. Ctrl+C pour arrêter.');
      await untilStopped();
      output.say('Arrêt : les enrôlements en cours se terminent…');
      await work.close();
      return 0;
    }),
};
