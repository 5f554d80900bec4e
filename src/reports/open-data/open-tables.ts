import { BREAKDOWNS, type Breakdown, type PeopleGroup } from '../indicators/people-groups.ts';
import { column, type ReportTable } from '../table/report-table.ts';
import { suppressedLinked } from './suppress-small-cells.ts';

/** One published figure; null where it is kept back. */
export interface OpenFigure {
  readonly runDate: string;
  readonly by: Breakdown | null;
  readonly value: string;
  readonly measure: 'people' | 'covered' | 'enrolled' | 'toReview';
  readonly people: number | null;
}

const MEASURES: Readonly<Record<OpenFigure['measure'], { readonly code: string; readonly meaning: string }>> = {
  people: { code: 'personnes', meaning: 'personnes traitées par l’exécution' },
  covered: { code: 'couvertes', meaning: 'personnes couvertes à la clôture : enrôlées, renouvelées ou déjà couvertes' },
  enrolled: { code: 'enrolees', meaning: 'personnes enrôlées ou renouvelées par l’exécution' },
  toReview: { code: 'a_verifier', meaning: 'personnes dont l’identité est à vérifier par un agent' },
};

/**
 * Breakdowns that are published, those that cut the same people in pieces of one another together. Finer ones point at
 * families and are not published at all.
 */
const PUBLISHED = [
  ['region', 'departement', 'insurer'],
  ['sex'],
  ['age-band'],
  ['milieu'],
] as const satisfies readonly (readonly Breakdown[])[];

/** The figures to publish: aggregates only, small cells kept back measure by measure. */
export function openFigures(runDate: string, groups: readonly PeopleGroup[], smallest: number): readonly OpenFigure[] {
  const measures = Object.keys(MEASURES) as OpenFigure['measure'][];
  return PUBLISHED.flatMap((linked) => {
    const hidden = new Map(measures.map((measure) => [measure, hiddenGroups(groups, linked, measure, smallest)]));
    return linked.flatMap((by) =>
      measures.flatMap((measure) =>
        groups
          .filter((group) => group.by === by)
          .map((group) => ({
            runDate,
            by,
            value: group.value,
            measure,
            people: hidden.get(measure)?.has(group) ? null : group[measure],
          })),
      ),
    );
  });
}

function hiddenGroups(
  groups: readonly PeopleGroup[],
  linked: readonly Breakdown[],
  measure: OpenFigure['measure'],
  smallest: number,
): ReadonlySet<PeopleGroup> {
  const finest = groups.filter(({ by }) => by === (linked.includes('departement') ? 'departement' : linked[0]));
  const cells = groups
    .filter(({ by }) => linked.includes(by))
    .map((group) => ({
      group,
      people: group[measure],
      small: GIVEN_AWAY[measure](group).some((count) => count > 0 && count < smallest),
      families: [group.by, ...(group.within ? [`r:${group.within.region}`, `a:${group.within.insurer}`] : [])],
      atoms: [...finest.keys()].filter((at) => finest[at] && liesIn(finest[at], group)),
    }));
  return new Set([...suppressedLinked(cells, finest.length, smallest)].map(({ group }) => group));
}

function liesIn(atom: PeopleGroup, { by, value }: PeopleGroup): boolean {
  if (by === 'region' || by === 'insurer') return atom.within?.[by] === value;
  return atom.by === by && atom.value === value;
}

/** What a measure says of a group, by itself and taken from the measures above it: two of a hundred are as few as two. */
const GIVEN_AWAY: Readonly<Record<OpenFigure['measure'], (group: PeopleGroup) => readonly number[]>> = {
  people: ({ people }) => [people],
  covered: ({ people, covered }) => [covered, people - covered],
  enrolled: ({ people, covered, enrolled }) => [enrolled, people - enrolled, covered - enrolled],
  toReview: ({ people, covered, toReview }) => [toReview, people - toReview, people - covered - toReview],
};

/** `donnees-ouvertes-agregats.csv`. */
export const OPEN_FIGURES: ReportTable<OpenFigure> = {
  file: 'donnees-ouvertes-agregats.csv',
  sheet: 'Données ouvertes',
  columns: [
    column('date', 'date'),
    column('ventilation'),
    column('modalite', 'text', 40),
    column('mesure', 'text', 14),
    column('effectif', 'integer'),
    column('secret', 'text', 8),
  ],
  cells: ({ runDate, by, value, measure, people }) => [
    runDate,
    by === null ? null : BREAKDOWNS[by],
    value,
    MEASURES[measure].code,
    people,
    people === null ? 'oui' : 'non',
  ],
};

/** `donnees-ouvertes-dictionnaire.csv`: what each column and each measure of the aggregates means. */
export const OPEN_DICTIONARY: ReportTable<readonly [name: string, kind: string, meaning: string]> = {
  file: 'donnees-ouvertes-dictionnaire.csv',
  sheet: 'Dictionnaire',
  columns: [column('nom', 'text', 20), column('nature', 'text', 14), column('definition', 'text', 90)],
  cells: (entry) => entry,
};

/** The entries of the dictionary. */
export function dictionary(smallest: number): readonly (readonly [string, string, string])[] {
  return [
    ['date', 'colonne', 'jour de l’exécution, jj/mm/aaaa'],
    [
      'ventilation',
      'colonne',
      'ce selon quoi les personnes sont comptées : région, département, assureur, sexe, âge ou milieu',
    ],
    ['modalite', 'colonne', 'la valeur de la ventilation, sous le nom de la table des départements'],
    ['mesure', 'colonne', 'ce qui est compté ; voir les mesures ci-dessous'],
    ['effectif', 'colonne', 'nombre de personnes ; vide quand la valeur est couverte par le secret'],
    [
      'secret',
      'colonne',
      `« oui » quand l’effectif est inférieur à ${smallest}, ou permettrait de retrouver par différence un effectif inférieur à ${smallest}`,
    ],
    ...Object.values(MEASURES).map(({ code, meaning }) => [code, 'mesure', meaning] as const),
  ];
}
