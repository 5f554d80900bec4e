import { parseDayRanges, type DayRange } from './exchange/flow/opening-hours.ts';
import type { SettingReader } from './setting-reader.ts';

/** How calls to the destinations are bounded beside their number in flight; `docs/flow-control.md` explains each. */
export interface FlowConfig<Name extends string> {
  /** Null: as many as can be. */
  readonly perSecond: Readonly<Record<Name, number | null>>;
  /** In the programme's zone; null: always open. */
  readonly hours: Readonly<Record<Name, readonly DayRange[] | null>>;
  readonly slowFactor: number;
  readonly slowMs: number;
  readonly retryPercent: number;
  readonly retryFloor: number;
  readonly breakerFailures: number;
  readonly routeFailures: number;
}

/** Reads the settings of flow control, those of each destination first. */
export function declareFlow<Name extends string>(
  read: SettingReader,
  offices: Readonly<Record<Name, string>>,
): FlowConfig<Name> {
  return {
    perSecond: forEach(offices, (name, office) => perSecond(read, `PNBSF_RATE_${name}`, office)),
    hours: forEach(offices, (name, office) => hours(read, `PNBSF_HOURS_${name}`, office)),
    slowFactor: read.wholeNumber(
      'PNBSF_SLOW_FACTOR',
      3,
      'fois',
      'une destination est lente quand la moitié des réponses dépassent tant de fois le délai habituel ; les appels simultanés sont alors réduits',
    ),
    slowMs: read.wholeNumber('PNBSF_SLOW_MS', 1_000, 'ms', 'une réponse plus rapide n’est jamais tenue pour lente'),
    retryPercent: read.wholeNumber(
      'PNBSF_RETRY_PERCENT',
      10,
      '%',
      'nouveaux essais admis par minute et par destination, en part des premiers essais',
    ),
    retryFloor: read.wholeNumber('PNBSF_RETRY_FLOOR', 1, 'appels/s', 'nouveaux essais toujours admis'),
    breakerFailures: positive(read, 'PNBSF_BREAKER_FAILURES', 10, 'échecs de suite qui suspendent une destination'),
    routeFailures: positive(
      read,
      'PNBSF_ROUTE_FAILURES',
      3,
      'échecs de suite de la liaison elle-même (droit retiré, certificat refusé) qui suspendent une destination',
    ),
  };
}

function perSecond(read: SettingReader, key: string, office: string): number | null {
  const value = read.wholeNumber(key, 0, 'appels/s', `appels par seconde ${office} par processus ; 0 : sans limite`, 0);
  return value === 0 ? null : value;
}

function hours(read: SettingReader, key: string, office: string): readonly DayRange[] | null {
  const text = read.optional(key, `heures d’appel ${office}, par exemple 20:00-06:00,12:30-14:00 ; absent : toujours`);
  if (text === null) return null;
  const ranges = parseDayRanges(text);
  if (ranges === null) read.fault(key, `« ${text} » ne se lit pas ; écrivez 20:00-06:00,12:30-14:00`);
  return ranges;
}

function positive(read: SettingReader, key: string, fallback: number, help: string): number {
  const value = read.wholeNumber(key, fallback, 'échecs', help);
  if (value === 0) read.fault(key, 'doit valoir au moins 1');
  return value;
}

/** `etat-civil` is read under `…_ETAT_CIVIL`. */
function forEach<Name extends string, T>(
  offices: Readonly<Record<Name, string>>,
  read: (suffix: string, office: string) => T,
): Readonly<Record<Name, T>> {
  const entries = Object.entries<string>(offices).map(([name, office]) => [
    name,
    read(name.toUpperCase().replaceAll('-', '_'), office),
  ]);
  return Object.fromEntries(entries) as Record<Name, T>;
}
