/**
 * Which registry record is the person. A record confirms when two judges agree, each from its own side: the rule says
 * `same`, and the sum of evidence reaches the probability that its route needs, well ahead of every other candidate.
 * A number alone satisfies neither. More than one candidate that could be theirs is for a person to settle.
 */
import { formatPartialDate } from '../../domain/partial-date.ts';
import type { BirthRecord, IdCardRecord } from '../../domain/partners.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import type { ComparedBirthRecord } from './assess-evidence.ts';
import type { VerificationQuestion } from './verification-question.ts';

/** The identity established, or why none is. */
export interface Confirmation {
  readonly identity: ConfirmedIdentity | null;
  readonly reasons: readonly ReasonCode[];
}

/** The holder of the card first; a birth record where there is no card that confirms. */
export function confirmIdentity(question: VerificationQuestion): Confirmation {
  const { assessed, runDate } = question;
  const birth = confirmByBirthRecord(question);
  const card = assessed.idCard;
  if (card?.comparison.verdict !== 'same') return birth;
  if (!card.certain) return { identity: null, reasons: ['HOMONYMES'] };
  const { record } = card;
  const expired = record.cardExpiry !== null && record.cardExpiry < runDate;
  return {
    identity: { ...identityOf(record), birthRecordKey: birth.identity?.birthRecordKey ?? null },
    reasons: expired ? ['CNI_EXPIREE'] : [],
  };
}

function confirmByBirthRecord({ evidence, assessed, policy }: VerificationQuestion): Confirmation {
  if (evidence.tooManyBirthRecords) return { identity: null, reasons: ['HOMONYMES'] };
  const [best, ...rivals] = assessed.birthRecords.filter(({ plausible }) => plausible);
  if (best === undefined) return { identity: null, reasons: [] };
  if (rivals.length > 0) return { identity: null, reasons: ['ACTE_PLUSIEURS'] };
  if (best.comparison.verdict === 'doubt') return { identity: null, reasons: best.comparison.reasons };
  const needsParent = !best.byNumber && policy.identitySearchNeedsParent;
  if (needsParent && !agreesOnParent(best)) return { identity: null, reasons: ['FILIATION_DIVERGENTE'] };
  if (!best.certain) return { identity: null, reasons: ['HOMONYMES'] };
  return { identity: { ...identityOf(best.record), birthRecordKey: best.record.recordKey }, reasons: [] };
}

function identityOf(record: BirthRecord | IdCardRecord): Omit<ConfirmedIdentity, 'birthRecordKey'> {
  const { familyName, givenNames, nationalId, sex, birth } = record;
  return { familyName, givenNames, nationalId, sex, birth: formatPartialDate(birth) };
}

/** A record found by name alone may be a namesake's: in Senegal five family names cover a quarter of the people. */
function agreesOnParent({ comparison }: ComparedBirthRecord): boolean {
  return comparison.certificate.some(
    ({ field, agrees }) => (field === 'father' || field === 'mother') && agrees === 'yes',
  );
}
