import { PARTNERS } from '../config.ts';
import { formatPartialDate, parsePartialDate } from '../domain/partial-date.ts';
import { readReference } from '../pipeline/explain/read-reference.ts';
import { householdKey } from '../pipeline/intake/household-reference.ts';
import { OPERATIONS_OF } from '../pipeline/reprocess/destinations.ts';
import type { ReprocessFilter } from '../store/reprocess/select-people.ts';
import type { AttemptOperation } from '../store/schema.ts';
import { UsageError, type Call } from './command.ts';
import { reasonsOf } from './reasons-of.ts';

/** What the command line asks for, before the batch is looked up; and the same in words for the record. */
export interface AskedFilter {
  readonly filter: Omit<ReprocessFilter, 'campaign' | 'batchId' | 'days'>;
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly batch: string | null;
  readonly asked: Readonly<Record<string, unknown>>;
}

/** Reads the criteria of an order; all that are given must hold. Throws {@link UsageError} when there is none. */
export function readFilter(call: Call): AskedFilter {
  const person = call.text('person');
  const household = call.text('household');
  const reasons = reasonsOf(call);
  const destination = call.text('destination');
  const date = call.text('date');
  const batch = call.text('batch');
  if ([person, household, destination, date, batch].every((one) => one === null) && reasons.length === 0)
    throw new UsageError('Indiquez qui reprendre : --person, --household, --batch, --reason, --destination ou --date.');
  const caseId = person !== null && /^\d{1,18}$/.test(person.trim()) ? person.trim() : null;
  const personRef = person === null || caseId !== null ? null : readReference(person).personRef;
  if (person !== null && caseId === null && personRef === null)
    throw new UsageError(`--person : « ${person} » n’est ni un numéro de dossier ni une référence MÉNAGE/NUMÉRO.`);
  const given = { person, household, batch, destination, date, reasons: reasons.length > 0 ? reasons : null };
  return {
    filter: {
      caseId,
      personRef,
      householdKey: household === null ? null : householdKey(household),
      reasons,
      operations: destination === null ? null : operationsOf(destination),
    },
    days: date === null ? null : daysOf(date),
    batch,
    asked: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  };
}

function operationsOf(destination: string): readonly AttemptOperation[] {
  const known = Object.entries<readonly AttemptOperation[]>(OPERATIONS_OF).find(([name]) => name === destination);
  if (known) return known[1];
  const others = PARTNERS.filter((name) => name in OPERATIONS_OF);
  throw new UsageError(`--destination : ${others.join(', ')}.`);
}

function daysOf(written: string): { from: string; to: string } {
  const [from = '', to = from, ...more] = written.split('..');
  const isDay = (day: string): boolean => day.length === 10 && formatPartialDate(parsePartialDate(day)) === day;
  if (more.length > 0 || !isDay(from) || !isDay(to))
    throw new UsageError(`--date : « ${written} » ; écrivez AAAA-MM-JJ..AAAA-MM-JJ.`);
  if (to < from) throw new UsageError(`--date : ${to} est avant ${from}.`);
  return { from, to };
}
