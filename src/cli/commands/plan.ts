import { forecastNight, type Forecast, type ForecastOrder } from '../../pipeline/plan/forecast-night.ts';
import { measuredNights, type MeasuredNights } from '../../store/night/measured-nights.ts';
import { waitingPeople } from '../../store/night/waiting-people.ts';
import { openRun } from '../../store/run/start-run.ts';
import type { Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import { planOrder } from '../plan-order.ts';
import { planText } from '../plan-text.ts';

/** `plan`: how long will tonight take, and what holds it back. */
export const plan: Command = {
  name: 'plan',
  summary: 'prévoit la durée de la nuit et ce qui la limite',
  operands: '',
  options: {
    workers: { value: 'N', help: 'processus de travail, toutes machines ensemble (1)' },
    cores: { value: 'N', help: 'cœurs de toutes les machines ensemble (ceux de celle-ci)' },
    concurrency: { value: 'N', help: 'ménages à la fois par processus (PNBSF_CONCURRENCY)' },
    'in-flight': { value: 'N', help: 'appels simultanés par processus et par destination (PNBSF_IN_FLIGHT_…)' },
    people: { value: 'N', help: 'personnes (celles qui attendent)' },
    'latency-ms': { value: 'DESTINATION=MS', help: 'délai de réponse, par exemple etat-civil=800', many: true },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'D’après les délais et les appels des dernières nuits closes ; sans elles, d’après des valeurs supposées, qui sont dites.',
    'Le modèle et ses mesures : docs/capacity.md.',
  ],
  run: (call, output) =>
    withInstallation(async (app) => {
      const { config } = app;
      const { db } = app.database;
      const nights = await measuredNights(db, config.campaign);
      const { people } = await waitingPeople(db, config.campaign);
      const open = (await openRun(db)) !== null;
      const order = planOrder(call, config, { nights, waiting: people, open, now: new Date() });
      const forecast = forecastNight(order);
      if (call.on('json')) output.json(planJson(order, forecast, nights));
      else output.result(planText(order, forecast, nights));
      return 0;
    }),
};

/** `$defs/plan` of docs/result.schema.json. */
function planJson(order: ForecastOrder, forecast: Forecast, nights: MeasuredNights | null): object {
  const { crew, people, startsAt } = order;
  return {
    people,
    startsAt: startsAt.toISOString(),
    endsAt: forecast.endsAt?.toISOString() ?? null,
    seconds: forecast.endsAt === null ? null : (forecast.endsAt.getTime() - startsAt.getTime()) / 1_000,
    peoplePerSecond: forecast.peoplePerSecond,
    phases: forecast.phases,
    crew: { workers: crew.workers, concurrency: crew.concurrency, cores: crew.cores },
    basis: nights === null ? 'assumed' : 'measured',
    measured: nights,
  };
}
