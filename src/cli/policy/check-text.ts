import type { PolicyCheck } from './check-policy.ts';
import { isObject } from './policy-kind.ts';

/** A check as people read it: faults first, then what is dangerous, then every member in words. */
export function checkText(check: PolicyCheck): string {
  if (check.kind === null)
    return [`${check.file} : inutilisable.`, ...check.faults.map((fault) => `  ✗ ${fault}`)].join('\n');
  const version = check.version === null ? '' : `, version ${check.version}`;
  return [
    `${check.file} — ${check.title ?? ''}${version} : ${check.valid ? 'valide' : 'INUTILISABLE'}`,
    ...check.faults.map((fault) => `  ✗ ${fault}`),
    ...check.warnings.map(({ member, text }) => `  ! ${member} : ${text}.`),
    ...(check.valid && check.warnings.length === 0 ? ['  Aucune valeur inhabituelle.'] : []),
    ...check.sections.flatMap(({ title, members }) => [
      '',
      title,
      ...members.map(({ member, value, meaning }) => `  ${member} = ${valueText(value)} : ${meaning}`),
    ]),
  ].join('\n');
}

function valueText(value: unknown): string {
  if (isObject(value)) return `(${Object.keys(value).length} entrées)`;
  if (Array.isArray(value)) return value.map(valueText).join(' ; ');
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberText(value: number): string {
  return new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 12 }).format(value);
}
