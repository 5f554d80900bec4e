import { level, type EquityGap } from '../indicators/equity.ts';
import { BREAKDOWNS } from '../indicators/people-groups.ts';
import { column, type ReportTable } from '../table/report-table.ts';

const MEASURES: Readonly<Record<EquityGap['measure'], string>> = {
  'review-rate': 'Taux de personnes à vérifier (%)',
  'waiting-days': 'Attente moyenne (jours)',
};

/** `equite.csv`: between whom doubts and waiting differ most, each side with its numerator and denominator. */
export const EQUITY_TABLE: ReportTable<EquityGap> = {
  file: 'equite.csv',
  sheet: 'Équité',
  columns: [
    column('Mesure', 'text', 32),
    column('Ventilation', 'text', 24),
    column('Groupe le plus haut', 'text', 24),
    column('Numérateur (haut)', 'quantity', 14),
    column('Dénominateur (haut)', 'integer', 14),
    column('Valeur (haut)', 'decimal'),
    column('Groupe le plus bas', 'text', 24),
    column('Numérateur (bas)', 'quantity', 14),
    column('Dénominateur (bas)', 'integer', 14),
    column('Valeur (bas)', 'decimal'),
    column('Écart (points ou jours)', 'decimal'),
    column('En clair', 'text', 80),
  ],
  cells: ({ measure, by, highest, lowest, gap, sentence }) => [
    MEASURES[measure],
    BREAKDOWNS[by],
    highest.value,
    highest.numerator,
    highest.denominator,
    level(measure, highest),
    lowest.value,
    lowest.numerator,
    lowest.denominator,
    level(measure, lowest),
    gap,
    sentence,
  ],
};
