import type { Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { untilStopped } from '../until-stopped.ts';

/** `worker`: one more process for the same queues. */
export const worker: Command = {
  name: 'worker',
  summary: 'ajoute un processus de travail aux files communes',
  operands: '',
  options: {},
  details: [
    'Plusieurs processus, sur une ou plusieurs machines, se partagent le travail par REDIS_URL et DATABASE_URL.',
    'S’arrête sur SIGTERM, après avoir fini les enrôlements en cours.',
  ],
  run: (_call, output) =>
    withInstallation(async (app) => {
      requireSecurityServer(app);
      const work = await app.startWork();
      output.say('Processus de travail prêt.');
      await untilStopped();
      await work.close();
      return 0;
    }),
};
