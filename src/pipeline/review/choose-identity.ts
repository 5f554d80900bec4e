/**
 * Under which names a confirmed person is registered. A registry's record where one is evidently theirs; otherwise the
 * reviewer says which, or that the RNU's own names stand. A number is only kept where a registry gave it: the RNU's own
 * may be a relative's.
 */
import { formatPartialDate } from '../../domain/partial-date.ts';
import type { BirthRecord, IdCardRecord } from '../../domain/partners.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import type { IdentityMatcher } from '../identity-matcher.ts';
import type { Candidate, ReviewCase } from './review-case.ts';
import { ReviewRefused } from './review-refused.ts';

/** What a reviewer may say instead of a record's number. */
export const RNU = 'rnu';

export interface ChosenIdentity {
  readonly identity: ConfirmedIdentity;
  /** The record it is taken from; null for the RNU's own names. */
  readonly from: Candidate | null;
}

/**
 * The identity to register under. `choice` is a record's number, `rnu`, or null to take the evident one; where nothing
 * was found at all, the RNU's names are. Throws {@link ReviewRefused} when a choice is needed or impossible.
 */
export function chooseIdentity(
  reviewed: Pick<ReviewCase, 'candidates' | 'member'>,
  choice: string | null,
  matcher: Pick<IdentityMatcher, 'splitName'>,
): ChosenIdentity {
  const { candidates } = reviewed;
  if (choice === RNU) return { identity: fromRnu(reviewed, matcher), from: null };
  if (choice !== null) {
    const chosen = candidates.find(({ number }) => String(number) === choice);
    if (!chosen) throw new ReviewRefused('FICHE_INCONNUE', `Le dossier n’a pas de fiche ${choice}.`);
    return { identity: fromRecord(chosen, candidates), from: chosen };
  }
  const evident = evidentRecord(candidates);
  if (evident) return { identity: fromRecord(evident, candidates), from: evident };
  if (candidates.length === 0) return { identity: fromRnu(reviewed, matcher), from: null };
  throw new ReviewRefused(
    'FICHE_A_CHOISIR',
    `Aucune des ${candidates.length} fiches n’est à l’évidence celle de la personne.`,
  );
}

/** The one record that may be theirs, or a card with the one act that agrees with it. */
function evidentRecord(candidates: readonly Candidate[]): Candidate | null {
  const possible = candidates.filter(({ plausible }) => plausible);
  const card = possible.find(({ source }) => source === 'id-card');
  const acts = possible.filter(({ source }) => source !== 'id-card');
  if (card) return acts.every((act) => sameHuman(card.record, act.record)) ? card : null;
  return acts.length === 1 ? (acts[0] ?? null) : null;
}

function sameHuman(one: IdCardRecord | BirthRecord, other: IdCardRecord | BirthRecord): boolean {
  if (one.nationalId !== null && one.nationalId === other.nationalId) return true;
  return one.birth.precision === 'day' && formatPartialDate(one.birth) === formatPartialDate(other.birth);
}

function fromRecord({ record, source }: Candidate, candidates: readonly Candidate[]): ConfirmedIdentity {
  const acts = candidates.filter((one) => one.source !== 'id-card' && sameHuman(record, one.record));
  const [act] = acts.length === 1 ? acts : [];
  const own = 'recordKey' in record ? record.recordKey : null;
  return {
    familyName: record.familyName,
    givenNames: record.givenNames,
    nationalId: record.nationalId,
    birthRecordKey: source === 'id-card' ? actKey(act) : own,
    sex: record.sex,
    birth: formatPartialDate(record.birth),
  };
}

function actKey(act: Candidate | undefined): string | null {
  return act && 'recordKey' in act.record ? act.record.recordKey : null;
}

function fromRnu(
  { member }: Pick<ReviewCase, 'member'>,
  matcher: Pick<IdentityMatcher, 'splitName'>,
): ConfirmedIdentity {
  const { familyName, givenNames } = matcher.splitName(member.fullName);
  if (familyName === '' || givenNames === '')
    throw new ReviewRefused('NOM_INCOMPLET', 'Le nom du RNU ne donne pas à la fois un prénom et un nom de famille.');
  // SIGICMU takes a year, never « vers 1962 »: the year itself is what is known.
  const birth = formatPartialDate(member.birth).replace('~', '');
  return { familyName, givenNames, nationalId: null, birthRecordKey: null, sex: member.sex, birth };
}
