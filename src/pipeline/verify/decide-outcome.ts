/**
 * From evidence to outcome. The machine may say `confirmed` or `already-enrolled`; everything it is not sure of is
 * `needs-review`, with every reason it has, for a person to decide. The order of the questions:
 *
 * 1. Is the person covered already? A current cover that is plainly theirs ends the matter; an expired one is renewed;
 *    one that may be theirs is a doubt.
 * 2. Does anything speak against them: a death, a number that is somebody else's or several people's, an impossible
 *    age? One such thing is enough.
 * 3. Does a registry confirm them (`confirm-identity.ts`)?
 */
import { youngestAgeOn } from '../../domain/partial-date.ts';
import { inCatalogueOrder, type ReasonCode } from '../../domain/reasons.ts';
import type { NationalIdStatus } from '../../matching/national-id.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import type { AssessedEvidence, Compared } from './assess-evidence.ts';
import { confirmIdentity } from './confirm-identity.ts';
import { weighCovers } from './own-cover.ts';
import type { VerificationQuestion } from './verification-question.ts';

/** What verification makes of a person, and the registry identities they may have. */
export interface VerificationOutcome {
  readonly to: 'confirmed' | 'already-enrolled' | 'needs-review';
  readonly reasons: readonly ReasonCode[];
  readonly identity: ConfirmedIdentity | null;
  readonly identityKeys: readonly string[];
  /** Code of the expired cover to renew. */
  readonly renews: string | null;
  readonly registrationCode: string | null;
}

/** Decides. Pure: same question, same answer. */
export function decideOutcome(question: VerificationQuestion): VerificationOutcome {
  const { member, assessed } = question;
  const confirmation = confirmIdentity(question);
  const covers = weighCovers(assessed.covers, member, confirmation.identity, question);
  const identityKeys = [...possibleIdentities(assessed), ...covers.ownCodes.map((code) => `cover:${code}`)];
  if (covers.current)
    return {
      to: 'already-enrolled',
      reasons: [],
      identity: null,
      renews: null,
      registrationCode: covers.current.registrationCode,
      identityKeys,
    };
  const against = [...question.localityReasons, ...covers.reasons, ...contradictions(question)];
  const reasons = [...against, ...confirmation.reasons];
  if (against.length > 0 || confirmation.identity === null)
    return {
      ...undecided,
      identityKeys,
      reasons: inCatalogueOrder(reasons.length > 0 ? reasons : missingPapers(question)),
    };
  return {
    to: 'confirmed',
    reasons: inCatalogueOrder([...reasons, 'PHOTO_MANQUANTE']),
    identity: confirmation.identity,
    identityKeys,
    renews: covers.expired?.registrationCode ?? null,
    registrationCode: null,
  };
}

const undecided = { to: 'needs-review', identity: null, renews: null, registrationCode: null } as const;

// --- 2. what speaks against -------------------------------------------------------------------------------------------

function contradictions(question: VerificationQuestion): readonly ReasonCode[] {
  const { assessed, nationalIdShared, extractNumberShared } = question;
  const records = [...(assessed.idCard ? [assessed.idCard] : []), ...assessed.birthRecords];
  const dead = records.some(({ record, comparison }) => record.deceased && comparison.verdict !== 'different');
  const card = assessed.idCard?.comparison;
  return [
    ...(dead ? (['DECES_SIGNALE'] as const) : []),
    ...(nationalIdShared ? (['NIN_DOUBLON_LOT'] as const) : []),
    ...(extractNumberShared ? (['EXTRAIT_DOUBLON_LOT'] as const) : []),
    ...(card?.verdict === 'different' ? (['NIN_AUTRE_PERSONNE'] as const) : []),
    ...(card?.verdict === 'doubt' ? card.reasons : []),
    ...(implausibleAge(question) ? (['AGE_INVRAISEMBLABLE'] as const) : []),
  ];
}

function implausibleAge({ member, policy, runDate }: VerificationQuestion): boolean {
  const age = youngestAgeOn(member.birth, runDate);
  if (age === null) return false;
  const bornLater = member.birth.year !== null && member.birth.year > Number(runDate.slice(0, 4));
  return (
    bornLater ||
    age > policy.maximumAge ||
    (member.relationship === 1 && age < policy.youngestHead) ||
    (member.relationship === 2 && age < policy.youngestSpouse)
  );
}

/**
 * Every registry identity that may be this person's, doubtful ones included: when a second line is plainly the one
 * whom the first may be, neither is registered before somebody has looked.
 */
function possibleIdentities({ idCard, birthRecords }: AssessedEvidence): readonly string[] {
  const possible = (one: Compared<unknown>): boolean => one.comparison.verdict !== 'different';
  const acts = birthRecords.filter(possible).map(({ record }) => record);
  const numbers = [...(idCard && possible(idCard) ? [idCard.record] : []), ...acts].flatMap(({ nationalId }) =>
    nationalId === null ? [] : [`nin:${nationalId}`],
  );
  return [...new Set([...numbers, ...acts.map(({ recordKey }) => `act:${recordKey}`)])];
}

/** Nothing found, nothing wrong: which papers are missing. No card is expected before the age it is compulsory at. */
function missingPapers({
  member,
  evidence,
  nationalIdStatus,
  policy,
  runDate,
}: VerificationQuestion): readonly ReasonCode[] {
  const age = youngestAgeOn(member.birth, runDate);
  const needsCard = age === null || age >= policy.idCardCompulsoryFromAge;
  const card: Readonly<Record<NationalIdStatus, ReasonCode | null>> = {
    ABSENT_OU_FACTICE: needsCard ? 'NIN_ABSENT' : null,
    NUMERO_CARTE_AU_LIEU_DU_NIN: 'NUMERO_CARTE_SAISI',
    LONGUEUR_INVALIDE: 'NIN_FORMAT',
    FORMAT_INVALIDE: 'NIN_FORMAT',
    FORMAT_VALIDE: evidence['id-card']?.length === 0 ? 'NIN_INCONNU_DAF' : null,
  };
  const number = card[nationalIdStatus];
  return [
    ...(number === null ? [] : [number]),
    member.civilRegistration === 'no' ? 'NON_DECLARE_EC' : 'ACTE_NON_TROUVE',
  ];
}
