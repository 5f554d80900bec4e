import type { BrakeRule } from './domain/brake.ts';
import type { SettingReader } from './setting-reader.ts';

/** What may differ between two installations in the nights they hold. */
export interface NightConfig {
  /** `HH:MM` in the programme's zone. */
  readonly at: string;
  /** Between two looks at what is due. */
  readonly lookMs: number;
  /** Null: no folder is looked at. */
  readonly dropDirectory: string | null;
  readonly dropSettleMs: number;
  readonly dropPatienceMs: number;
  /** Whether new batches are pulled from the RNU service. */
  readonly pull: boolean;
  /** Whether covers of an earlier campaign are taken up again as they end. */
  readonly renew: boolean;
  readonly brake: BrakeRule;
}

/** Declares the settings of the night. */
export function declareNight(read: SettingReader): NightConfig {
  const at = read.text('PNBSF_NIGHT_AT', '02:00', 'heure de la nuit, HH:MM, dans le fuseau du programme');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) read.fault('PNBSF_NIGHT_AT', `« ${at} » n’a pas la forme HH:MM`);
  const ms = (key: string, fallback: number, help: string): number => read.wholeNumber(key, fallback, 'ms', help);
  return {
    at,
    lookMs: ms('PNBSF_NIGHT_LOOK_MS', 30_000, 'intervalle entre deux regards du planificateur sur ce qui est dû'),
    dropDirectory: read.optional('PNBSF_DROP_DIR', 'dossier de dépôt des lots ; absent : aucun dossier n’est regardé'),
    dropSettleMs: ms('PNBSF_DROP_SETTLE_MS', 10_000, 'durée sans changement après laquelle un fichier est complet'),
    dropPatienceMs: ms('PNBSF_DROP_PATIENCE_MS', 600_000, 'attente d’un fichier en cours de copie, puis nuit suivante'),
    pull:
      read.choice(
        'PNBSF_NIGHT_PULL',
        'oui',
        ['oui', 'non'],
        'prendre chaque nuit les lots nouveaux au service du RNU',
      ) === 'oui',
    renew:
      read.choice(
        'PNBSF_NIGHT_RENEW',
        'oui',
        ['oui', 'non'],
        'reprendre, à leur fin, les droits ouverts par une campagne précédente (renewalLeadDays dans config/policy.json)',
      ) === 'oui',
    brake: declareBrake(read),
  };
}

/**
 * First limits are far above the shares of an ordinary batch and far below those of a broken one; they hold for five
 * nights only.
 */
function declareBrake(read: SettingReader): BrakeRule {
  const percent = (key: string, fallback: number, help: string): number => {
    const value = read.wholeNumber(key, fallback, '%', help, 0);
    if (value > 100) read.fault(key, `« ${value} » dépasse 100 %`);
    return value / 100;
  };
  return {
    leastPeople: read.wholeNumber('PNBSF_BRAKE_PEOPLE', 200, 'personnes', 'le frein ne juge pas une nuit plus petite'),
    nights: read.wholeNumber('PNBSF_BRAKE_NIGHTS', 14, 'nuits', 'nuits closes dont est faite la bande habituelle'),
    leastNights: read.wholeNumber(
      'PNBSF_BRAKE_LEAST_NIGHTS',
      5,
      'nuits',
      'nuits closes à partir desquelles la bande remplace les premières limites',
    ),
    spreads: read.wholeNumber('PNBSF_BRAKE_SPREADS', 6, 'écarts', 'écarts médians admis de part et d’autre'),
    leastWidth: percent('PNBSF_BRAKE_WIDTH', 5, 'largeur minimale de la bande, de part et d’autre de la médiane'),
    registering: percent(
      'PNBSF_BRAKE_REGISTERING',
      20,
      'part admise de demandes d’adhésion refusées, parmi les dernières réponses, pendant l’enrôlement',
    ),
    firstLimits: {
      review: percent('PNBSF_BRAKE_REVIEW', 60, 'part à vérifier admise tant qu’il n’y a pas d’historique'),
      deaths: percent('PNBSF_BRAKE_DEATHS', 5, 'part de décès signalés admise tant qu’il n’y a pas d’historique'),
      refusals: percent('PNBSF_BRAKE_REFUSALS', 5, 'part de refus admise tant qu’il n’y a pas d’historique'),
    },
  };
}
