import { placeKey } from './place-name.ts';
import { readSemicolonTable, ReferenceTableError, type TableLine } from './semicolon-table.ts';

/** A département as the product knows it, with the insurer its residents belong to; null when none is set. */
export interface Departement {
  readonly name: string;
  readonly region: string;
  readonly insurer: string | null;
}

/** Recognises places as registries write them. */
export interface Gazetteer {
  /**
   * The département of residence. Null when it is not recognised, or when région and département contradict each
   * other: Vélingara and Médina Gounass exist twice, and a wrong insurer is a closed clinic door.
   */
  recognise(place: { region: string; departement: string; commune: string }): Departement | null;
}

/**
 * @param departements `config/departements.csv`: département, région, insurer, spelling variants separated by `|`
 * @param corrections `config/corrections-localites.csv`: communes that records still place where they used to be
 */
export function buildGazetteer(departements: string, corrections: string): Gazetteer {
  const byName = new Map<string, Departement>();
  for (const line of readSemicolonTable(departements, 'departements.csv')) {
    const departement = toDepartement(line);
    for (const name of [departement.name, ...(line['variantes'] ?? '').split('|')])
      if (name !== '') byName.set(placeKey(name), departement);
  }
  const moved = new Map<string, Departement>();
  for (const line of readSemicolonTable(corrections, 'corrections-localites.csv')) {
    const target = byName.get(placeKey(line['departement'] ?? ''));
    if (!target)
      throw new ReferenceTableError(`corrections-localites.csv : département inconnu ${line['departement']}`);
    moved.set(movedKey(line['departement_recu'] ?? '', line['commune'] ?? ''), target);
  }
  return {
    recognise(place) {
      const departement =
        moved.get(movedKey(place.departement, place.commune)) ?? byName.get(placeKey(place.departement));
      if (!departement) return null;
      const region = placeKey(place.region);
      return region === '' || region === placeKey(departement.region) ? departement : null;
    },
  };
}

function toDepartement(line: TableLine): Departement {
  const { departement = '', region = '', assureur = '' } = line;
  if (departement === '' || region === '')
    throw new ReferenceTableError('departements.csv : un département sans nom ou sans région.');
  return { name: departement, region, insurer: assureur === '' ? null : assureur };
}

function movedKey(departement: string, commune: string): string {
  return `${placeKey(departement)}|${placeKey(commune)}`;
}
