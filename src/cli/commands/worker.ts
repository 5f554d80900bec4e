import type { Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { workUntilStopped } from '../work-until-stopped.ts';

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
    withInstallation((app) => {
      requireSecurityServer(app);
      return workUntilStopped(app, output, 'Processus de travail prêt.');
    }),
};
