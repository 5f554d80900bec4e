import { ASSUMED, destinationOf } from '../domain/capacity/assumed-load.ts';
import type { Limit, LimitKind } from '../domain/capacity/night-capacity.ts';
import { frenchDuration } from '../domain/french/duration.ts';
import { frenchDate, frenchDecimal, frenchInteger } from '../domain/french/numbers.ts';
import type { Forecast, ForecastOrder, PhaseForecast } from '../pipeline/plan/forecast-night.ts';
import type { MeasuredNights } from '../store/night/measured-nights.ts';

const TO: Readonly<Record<string, string>> = {
  rnu: 'au RNU',
  cni: 'à la DAF (CNI)',
  'etat-civil': 'à l’état civil',
  sigicmu: 'à SIGICMU',
};

const PHASES: Readonly<Record<PhaseForecast['phase'], string>> = {
  verify: 'Vérification',
  register: 'Enrôlement',
  closing: 'Rapprochement et clôture',
};

const LIMITS: Readonly<Record<LimitKind, (to: string) => string>> = {
  'in-flight': (to) => `les appels simultanés admis ${to}, au délai où il est répondu`,
  rate: (to) => `le débit admis ${to}`,
  households: () => 'les ménages traités à la fois (PNBSF_CONCURRENCY), au délai où il est répondu',
  worker: () => 'le processeur des processus de travail : un cœur chacun',
  processors: () => 'les processeurs, travail et bases ensemble',
};

/** What holds a phase back, in words. */
export function limitText({ kind, destination }: Limit): string {
  return LIMITS[kind](TO[destination ?? ''] ?? '');
}

/** The forecast for people. */
export function planText(order: ForecastOrder, forecast: Forecast, nights: MeasuredNights | null): string {
  const { crew, people, startsAt, timeZone } = order;
  return [
    `Prévision de la nuit qui commence le ${dayAndHour(startsAt, timeZone)}`,
    '',
    line('Personnes', frenchInteger(people)),
    line(
      'Moyens',
      `${frenchInteger(crew.workers)} processus de ${frenchInteger(crew.concurrency)} ménages, ${frenchInteger(crew.cores)} cœurs`,
    ),
    line('Fondée sur', basis(nights)),
    ...callLines(nights),
    '',
    ...forecast.phases.map((phase) => phaseLine(phase)),
    '',
    ending(forecast, timeZone),
    ...(nights === null || nights.seconds === 0
      ? []
      : [`Pour comparer, rythme mesuré des dernières nuits : ${perSecond(nights.people / nights.seconds)}.`]),
    'Non enregistrés par les nuits, donc supposés : nombre de processus, temps de processeur (docs/capacity.md).',
  ].join('\n');
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(26)}${text}`;
}

function basis(nights: MeasuredNights | null): string {
  if (nights === null)
    return `aucune nuit close : délai de ${ASSUMED.latencyMs} ms et appels de la population d’essai supposés`;
  const count = nights.nights === 1 ? 'la dernière nuit close' : `les ${nights.nights} dernières nuits closes`;
  return `${count}, ${frenchInteger(nights.people)} personnes`;
}

function callLines(nights: MeasuredNights | null): readonly string[] {
  return (nights?.calls ?? []).map(({ operation, callsPerPerson, medianMs, p90Ms }) =>
    line(
      `  ${operation}`,
      `${frenchDecimal(callsPerPerson)} appel par personne ${TO[destinationOf(operation)] ?? ''} ; délai médian ${frenchInteger(Math.round(medianMs))} ms, 9 sur 10 sous ${frenchInteger(Math.ceil(p90Ms))} ms`,
    ),
  );
}

function phaseLine({ phase, seconds, closedSeconds, limit }: PhaseForecast): string {
  const waits = closedSeconds === 0 ? '' : `, et ${frenchDuration(closedSeconds * 1_000)} hors des heures d’appel`;
  const why = limit === null ? '' : ` — limite : ${limitText(limit)}`;
  return line(PHASES[phase], `${frenchDuration(seconds * 1_000)}${waits}${why}`);
}

function ending({ endsAt, peoplePerSecond }: Forecast, timeZone: string): string {
  if (endsAt === null) return 'Fin : pas avant un mois ; les heures d’appel ou les limites ne le permettent pas.';
  if (peoplePerSecond === 0) return 'Fin : aussitôt, personne n’attend.';
  return `Fin : vers ${hour(endsAt, timeZone)}, le ${day(endsAt, timeZone)} (${perSecond(peoplePerSecond)}).`;
}

function perSecond(rate: number): string {
  return `${rate < 10 ? frenchDecimal(rate) : frenchInteger(Math.round(rate))} personnes par seconde`;
}

function dayAndHour(at: Date, timeZone: string): string {
  return `${day(at, timeZone)} à ${hour(at, timeZone)}`;
}

function day(at: Date, timeZone: string): string {
  return frenchDate(new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at));
}

function hour(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short', hourCycle: 'h23' }).format(at);
}
