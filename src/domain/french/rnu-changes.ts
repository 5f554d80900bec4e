import { masked } from './csv.ts';

/** A row of the RNU as it was kept; columns by name. */
export type KeptRow = Readonly<Record<string, unknown>>;

/** One value of the RNU that a batch replaced. Identity numbers are masked. Holds personal data. */
export interface FieldChange {
  /** Column, as the database names it. */
  readonly field: string;
  readonly label: string;
  /** Empty where nothing was known. */
  readonly before: string;
  readonly after: string;
}

const PERSON_FIELDS: Readonly<Record<string, string>> = {
  full_name: 'Prénom(s) et nom',
  nickname: 'Surnom',
  sex: 'Sexe',
  birth_year: 'Année de naissance',
  birth_month: 'Mois de naissance',
  birth_day: 'Jour de naissance',
  birth_precision: 'Précision de la date de naissance',
  national_id: 'NIN',
  civil_registration: 'Inscription à l’état civil',
  birth_extract_number: 'N° d’extrait de naissance',
  relationship: 'Lien de parenté (code)',
  father_number: 'N° d’ordre du père',
  mother_number: 'N° d’ordre de la mère',
};

const HOUSEHOLD_FIELDS: Readonly<Record<string, string>> = {
  region: 'Région',
  departement: 'Département',
  cav: 'CAV',
  commune: 'Commune',
  quartier_village: 'Quartier ou village',
  hameau: 'Hameau',
  milieu: 'Milieu',
  address: 'Adresse',
  phone: 'Téléphone',
  head_name: 'Chef de ménage',
  head_nickname: 'Surnom du chef de ménage',
  head_father: 'Père du chef de ménage',
  head_mother: 'Mère du chef de ménage',
  head_national_id: 'NIN du chef de ménage',
  head_sex: 'Sexe du chef de ménage',
  head_birth_year: 'Année de naissance du chef de ménage',
  grant_manager: 'N° d’ordre du gestionnaire de la bourse',
  deputy_grant_manager: 'N° d’ordre du gestionnaire suppléant',
  grant_manager_national_id: 'NIN du gestionnaire de la bourse',
  cohort: 'Génération',
  pnbsf_status: 'Situation dans le programme',
};

const SECRET = new Set(['national_id', 'head_national_id', 'grant_manager_national_id']);

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  civil_registration: { yes: 'oui', no: 'non', unknown: 'inconnue' },
  birth_precision: { day: 'jour', month: 'mois', year: 'année', about: 'environ', unknown: 'inconnue' },
};

/**
 * What differs between two versions of a person's line, then of the household's description; null where a version is
 * not known. A number is shown by its last four signs: two numbers may look alike and differ.
 */
export function fieldChanges(
  person: { readonly before: KeptRow; readonly after: KeptRow },
  household: { readonly before: KeptRow; readonly after: KeptRow } | null,
): readonly FieldChange[] {
  return [
    ...changesIn(PERSON_FIELDS, person.before, person.after),
    ...(household === null ? [] : changesIn(HOUSEHOLD_FIELDS, household.before, household.after)),
  ];
}

function changesIn(labels: Readonly<Record<string, string>>, before: KeptRow, after: KeptRow): readonly FieldChange[] {
  return Object.entries(labels).flatMap(([field, label]) => {
    const [was, is] = [textOf(before[field]), textOf(after[field])];
    return was === is ? [] : [{ field, label, before: shown(field, was), after: shown(field, is) }];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function shown(field: string, value: string): string {
  return SECRET.has(field) ? masked(value) : (WORDS[field]?.[value] ?? value);
}

/** `Année de naissance : 1980 → 1981` */
export function changeText({ label, before, after }: FieldChange): string {
  return `${label} : ${before === '' ? '(vide)' : before} → ${after === '' ? '(vide)' : after}`;
}
