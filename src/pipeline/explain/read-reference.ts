import type { SubjectReference } from '../../store/explain/find-subject.ts';
import { householdKey } from '../intake/household-reference.ts';

const CASE = /^RUN-\d{1,18}-M(\d{1,18})$/i;
const MESSAGE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A member's number after a slash, or after the last space; `N°` may stand before it. */
const MEMBER = /^(.+?)(?:\s*\/\s*|\s+)(?:n[°o]\s*)?(\d{1,3})$/i;

/**
 * Takes a reference apart as people write it: `SN-0001/2`, `sn 0001 / 2`, `SN-0001` for the household, a registration
 * code, a case reference or a message id from a Security Server's log.
 */
export function readReference(written: string): SubjectReference {
  const text = written.trim();
  const member = MEMBER.exec(text);
  return {
    personRef: member ? `${householdKey(member[1] ?? '')}/${Number(member[2])}` : null,
    householdKey: householdKey(text),
    registrationCode: text,
    householdId: CASE.exec(text)?.[1] ?? null,
    messageId: MESSAGE.test(text) ? text.toLowerCase() : null,
  };
}
