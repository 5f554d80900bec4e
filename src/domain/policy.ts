import { RELATIONSHIPS, type RelationshipCode, type Sex } from './person.ts';

/** Who of a household may hold the policy; tried in order. */
export type HolderRole = 'head' | 'grant-manager' | 'deputy-grant-manager';

/** What SIGICMU calls a relationship. `other` explains a label that says less than the RNU knew. */
export interface RelationshipLabel {
  readonly label: string;
  readonly other: string | null;
}

/**
 * The rules staff may change without a release (`config/policy.json`). Most of them stand on inference, not on a
 * published text, which is why they are data. The version goes into every decision.
 */
export interface Policy {
  readonly version: string;
  /** Name of the agency on documents. */
  readonly agency: string;
  readonly policyHolder: readonly HolderRole[];
  readonly adultAge: number;
  readonly coverMonths: number;
  readonly beneficiaryType: string;
  /** What the beneficiary pays, FCFA: 0, or the run must not start. */
  readonly contribution: number;
  /** What the State pays for one person and one year, FCFA. */
  readonly subsidy: number;
  /** Schemes whose expired cover is renewed rather than doubled. */
  readonly renewableSchemes: readonly string[];
  /** Days before its end from which a cover is renewed; 0, where the file does not say: once it has ended. */
  readonly renewalLeadDays: number;
  /** What a current cover under another scheme means. */
  readonly otherScheme: 'needs-review' | 'already-enrolled';
  /** Nobody younger holds a card (5 years); a number given for them is not looked up. */
  readonly idCardFromAge: number;
  /** Age from which everybody must have a card (15 years); its absence is told from then on. */
  readonly idCardCompulsoryFromAge: number;
  /** A birth record found by name alone must also agree on a parent. */
  readonly identitySearchNeedsParent: boolean;
  readonly maximumAge: number;
  readonly youngestSpouse: number;
  readonly youngestHead: number;
  relationship(code: RelationshipCode, sex: Sex | null): RelationshipLabel;
}

/** The policy file cannot be used. All its faults are told at once, each with its key. */
export class PolicyError extends Error {
  readonly code = 'POLITIQUE_INVALIDE';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`policy.json : ${faults.join(' ; ')}`);
    this.faults = faults;
  }
}

type Check = (value: unknown) => boolean;
const wholeNumber: Check = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const text: Check = (value) => typeof value === 'string' && value !== '';
const listOf =
  (allowed: readonly string[] | null): Check =>
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'string' && (allowed === null || allowed.includes(item)));

const FIELDS: Readonly<Record<string, { check: Check; expected: string }>> = {
  version: { check: text, expected: 'un texte' },
  agency: { check: text, expected: 'un texte' },
  policyHolder: {
    check: listOf(['head', 'grant-manager', 'deputy-grant-manager']),
    expected: 'une liste parmi head, grant-manager, deputy-grant-manager',
  },
  adultAge: { check: wholeNumber, expected: 'un âge' },
  coverMonths: { check: (v) => wholeNumber(v) && v !== 0, expected: 'un nombre de mois' },
  beneficiaryType: { check: text, expected: 'un texte' },
  contribution: { check: (v) => v === 0, expected: '0 : l’enrôlement est gratuit' },
  subsidy: { check: wholeNumber, expected: 'un montant entier en FCFA' },
  renewableSchemes: { check: listOf(null), expected: 'une liste de régimes' },
  renewalLeadDays: {
    check: (v) => v === undefined || (wholeNumber(v) && Number(v) <= 90),
    expected: 'un nombre de jours, 90 au plus',
  },
  otherScheme: {
    check: (v) => v === 'needs-review' || v === 'already-enrolled',
    expected: 'needs-review ou already-enrolled',
  },
  idCardFromAge: { check: wholeNumber, expected: 'un âge' },
  idCardCompulsoryFromAge: { check: wholeNumber, expected: 'un âge' },
  identitySearchNeedsParent: { check: (v) => typeof v === 'boolean', expected: 'true ou false' },
  maximumAge: { check: wholeNumber, expected: 'un âge' },
  youngestSpouse: { check: wholeNumber, expected: 'un âge' },
  youngestHead: { check: wholeNumber, expected: 'un âge' },
  relationships: { check: isRelationshipTable, expected: 'un libellé pour chacun des liens 1 à 13' },
};

interface RelationshipEntry {
  readonly label?: string;
  readonly other?: string;
  readonly self?: Readonly<Record<Sex, string>>;
}

function isRelationshipTable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const table = value as Readonly<Record<string, RelationshipEntry>>;
  return Object.keys(RELATIONSHIPS).every((code) => text(table[code]?.label) || text(table[code]?.self?.F));
}

/** Reads and checks a policy file. Throws {@link PolicyError} with every fault found. */
export function readPolicy(json: string): Policy {
  const raw = parseObject(json);
  const faults = Object.entries(FIELDS).flatMap(([name, { check, expected }]) =>
    check(raw[name]) ? [] : [`« ${name} » : attendu ${expected}`],
  );
  if (faults.length > 0) throw new PolicyError(faults);
  const { relationships, ...rules } = raw as unknown as Policy & {
    relationships: Readonly<Record<RelationshipCode, RelationshipEntry>>;
  };
  return Object.freeze({
    ...rules,
    // Rule files kept before this rule was known say nothing of it.
    renewalLeadDays: (raw['renewalLeadDays'] as number | undefined) ?? 0,
    relationship(code: RelationshipCode, sex: Sex | null): RelationshipLabel {
      const entry = relationships[code];
      return { label: entry.self?.[sex ?? 'F'] ?? entry.label ?? '', other: entry.other ?? null };
    },
  });
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    throw new PolicyError(['ce n’est pas un fichier JSON']);
  }
  throw new PolicyError(['un objet est attendu']);
}
