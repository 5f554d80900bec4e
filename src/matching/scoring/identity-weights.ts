import { readLevelWeights, WEIGHT_TABLES, type LevelWeights } from './level-weights.ts';
import { ROUTES, type Route } from './route.ts';
import { IdentityWeightsError } from './weights-error.ts';

/** What is known of a pair from how its record came. */
export interface RouteWeights {
  /** Records the route chooses from: 1 where a number leads to one record. */
  readonly records: number;
  /** Of them, expected to be this person's, and of this person's family. */
  readonly same: number;
  readonly family: number;
  /** Probability from which the machine may decide alone. */
  readonly autoFrom: number;
}

/** How common names weigh. */
export interface NameWeights {
  /** Share of strangers who agree on a name of usual frequency: what the strangers' column of the tables stands for. */
  readonly typicalFamilyName: number;
  readonly typicalGivenName: number;
  /** Shares of names that `name-shares.csv` does not list. */
  readonly unlistedFamilyName: number;
  readonly unlistedGivenName: number;
  /** Share of relatives who bear the same given name. */
  readonly namesakeShare: number;
}

/** Fixed parameters of the score: one pair at a time leaves nothing to learn from. */
export interface IdentityWeights {
  readonly version: string;
  readonly routes: Readonly<Record<Route, RouteWeights>>;
  /** Lead over the next candidate that the machine needs to decide alone, in bits. */
  readonly marginBits: number;
  readonly names: NameWeights;
  /** By path: `family-name`, `birth.day`, `household.same-batch`… */
  readonly tables: ReadonlyMap<string, LevelWeights>;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads `config/names/identity-weights.json`. Throws `IdentityWeightsError`. */
export function parseIdentityWeights(text: string): IdentityWeights {
  const file = objectAt(parse(text), 'le fichier');
  const version = file['version'];
  if (typeof version !== 'string' || version === '') throw new IdentityWeightsError('version', 'un texte');
  const routes = objectAt(file['routes'], 'routes');
  const names = objectAt(file['names'], 'names');
  const fields = objectAt(file['fields'], 'fields');
  return {
    version,
    routes: Object.fromEntries(ROUTES.map((route) => [route, readRoute(routes, route)])) as Record<Route, RouteWeights>,
    marginBits: numberAt(file, 'marginBits', '', 0, 60),
    names: {
      typicalFamilyName: shareAt(names, 'typicalFamilyName', 'names.'),
      typicalGivenName: shareAt(names, 'typicalGivenName', 'names.'),
      unlistedFamilyName: shareAt(names, 'unlistedFamilyName', 'names.'),
      unlistedGivenName: shareAt(names, 'unlistedGivenName', 'names.'),
      namesakeShare: shareAt(names, 'namesakeShare', 'names.'),
    },
    tables: new Map(Object.keys(WEIGHT_TABLES).map((path) => [path, readLevelWeights(path, valueAt(fields, path))])),
  };
}

function readRoute(routes: JsonObject, route: Route): RouteWeights {
  const prefix = `routes.${route}.`;
  const from = objectAt(routes[route], `routes.${route}`);
  const records = numberAt(from, 'records', prefix, 1, 1e9);
  const read = {
    records,
    same: numberAt(from, 'same', prefix, 1e-9, 1),
    family: numberAt(from, 'family', prefix, 0, 100),
    autoFrom: numberAt(from, 'autoFrom', prefix, 0.5, 1),
  };
  if (read.same + read.family >= records) throw new IdentityWeightsError(`${prefix}family`, 'moins que « records »');
  return read;
}

function valueAt(fields: JsonObject, path: string): unknown {
  const [field = '', variant] = path.split('.');
  const value = fields[field];
  return variant === undefined ? value : objectAt(value, `fields.${field}`)[variant];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IdentityWeightsError('le fichier', 'du JSON');
  }
}

function objectAt(value: unknown, member: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new IdentityWeightsError(member, 'un objet');
  return value as JsonObject;
}

function shareAt(from: JsonObject, member: string, prefix: string): number {
  return numberAt(from, member, prefix, 1e-9, 1);
}

function numberAt(from: JsonObject, member: string, prefix: string, minimum: number, maximum: number): number {
  const value = from[member];
  if (typeof value !== 'number' || !(value >= minimum && value <= maximum))
    throw new IdentityWeightsError(prefix + member, `un nombre entre ${minimum} et ${maximum}`);
  return value;
}
