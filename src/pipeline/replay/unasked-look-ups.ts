import type { LookUpKind } from '../../store/schema.ts';
import type { NationalIdCheck } from '../../matching/national-id.ts';
import type { VerificationQuestion } from '../verify/verification-question.ts';
import { weighCovers } from '../verify/own-cover.ts';
import { birthRecordSearch, coverSearch, extractNumberToAsk, nationalIdToAsk } from '../verify/plan-look-ups.ts';

/** What is looked at to find what a candidate would have asked. */
export type Asked = Pick<VerificationQuestion, 'member' | 'evidence' | 'assessed' | 'policy' | 'runDate'> & {
  readonly nationalId: NationalIdCheck;
};

/**
 * Questions the rules would put to a registry and to which no answer is recorded: a replay makes no call, so that the
 * outcome of such a person rests on less than a real night's would.
 */
export function unaskedLookUps(asked: Asked): readonly LookUpKind[] {
  const { member, evidence, assessed, policy, runDate, nationalId } = asked;
  if (weighCovers(assessed.covers, member, null, { policy, runDate }).current) return [];
  const wanted: readonly (readonly [LookUpKind, boolean])[] = [
    ['id-card', nationalIdToAsk(member, nationalId, policy, runDate) !== null],
    ['birth-record', extractNumberToAsk(member) !== null && evidence.tooManyBirthRecords !== true],
    ['birth-record-search', birthRecordSearch(member, assessed) !== null && evidence.tooManyBirthRecords !== true],
    ['cover-search', coverSearch(member, assessed) !== null],
  ];
  return wanted.filter(([kind, isWanted]) => isWanted && evidence[kind] === undefined).map(([kind]) => kind);
}
