import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { blocks, inCatalogueOrder, REASONS } from '../../domain/reasons.ts';
import type { HouseholdMembers } from '../../store/explain/household-members.ts';

/** A household's members, a line each. Holds personal data. */
export function membersText({ householdRef, commune, departement, members }: HouseholdMembers): string {
  const width = Math.max(...members.map(({ ref }) => ref.length)) + 2;
  return [
    `Ménage ${householdRef} — ${[commune, departement].filter((part) => part !== '').join(', ')}`,
    ...members.map(({ ref, fullName, state, reasons, registrationCode }) => {
      const label = state === null ? 'sans enrôlement' : STATE_LABELS[state];
      const titles = inCatalogueOrder(reasons)
        .filter(blocks)
        .map((code) => REASONS[code].title);
      const code = registrationCode === null ? '' : ` · ${registrationCode}`;
      return `  ${ref.padEnd(width)}${fullName} : ${label}${titles.length > 0 ? ` (${titles.join(' ; ')})` : ''}${code}`;
    }),
    '',
    'Le dossier d’une personne : pnbsf-cmu explain RÉFÉRENCE',
  ].join('\n');
}
