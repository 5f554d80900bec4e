import { chosenRun } from '../chosen-run.ts';
import type { Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import { brakeText } from '../brake-text.ts';
import { staffWorkInHand } from '../../store/review/take-up.ts';
import { unknownOutcomes } from '../../store/run/unknown-outcomes.ts';
import { staffText } from '../staff-text.ts';
import { unknownText } from '../unknown-text.ts';
import { PEOPLE_LEFT, peopleLeft, summaryText } from '../summary-text.ts';

/** `status [RUN]`: the figures of a run, open or closed. */
export const status: Command = {
  name: 'status',
  summary: 'montre où en est une exécution',
  operands: '[EXÉCUTION]',
  options: { json: { help: 'résultat en JSON' } },
  details: ['Sans numéro : la dernière exécution. Code 3 s’il reste des personnes à voir.'],
  run: (call, output) =>
    withInstallation(async (app) => {
      const summary = await chosenRun(app.database.db, call.positionals[0]);
      const { db } = app.database;
      const unknown = await unknownOutcomes(db, app.config.campaign);
      const ageLimitMs = app.config.times.unknownAgeLimitMs;
      const staff = { people: await staffWorkInHand(db) };
      if (call.on('json')) output.json({ ...summary, unknown: { ...unknown, ageLimitMs }, staff });
      else {
        const now = unknownText(unknown, ageLimitMs) + staffText(staff.people);
        output.result(summaryText(summary) + now + (await brakeText(db, summary)));
      }
      return peopleLeft(summary) ? PEOPLE_LEFT : 0;
    }),
};
