import { PolicyError } from '../../domain/policy.ts';
import { membersAt, unknownMembers, type FoundMember, type PolicyKind } from './policy-kind.ts';
import { kindOf, readObject } from './policy-kinds.ts';

/** What `policy check` finds; printed as JSON, described in docs/explain.md. */
export interface PolicyCheck {
  readonly file: string;
  /** Null when the file is of no known kind. */
  readonly kind: string | null;
  readonly title: string | null;
  readonly version: string | null;
  readonly valid: boolean;
  readonly faults: readonly string[];
  readonly warnings: readonly { readonly member: string; readonly text: string }[];
  readonly sections: readonly {
    readonly title: string;
    readonly members: readonly (FoundMember & { readonly meaning: string })[];
  }[];
}

/** Checks a rule file by its own reader and tells what each of its members does. */
export function checkPolicy(file: string, text: string): PolicyCheck {
  const object = readObject(text);
  const kind = object && kindOf(object);
  if (!object || !kind) {
    const fault = object ? 'Ce fichier ne ressemble à aucun fichier de règles.' : 'Ce n’est pas un objet JSON.';
    return { file, kind: null, title: null, version: null, valid: false, faults: [fault], warnings: [], sections: [] };
  }
  const faults = faultsOf(kind, text);
  const version = typeof object['version'] === 'string' ? object['version'] : null;
  return {
    file,
    kind: kind.kind,
    title: kind.title,
    version,
    valid: faults.length === 0,
    faults,
    warnings: [
      ...unknownMembers(object, kind).map((member) => ({ member, text: 'membre inconnu : il est ignoré' })),
      ...kind.dangers.flatMap(({ member, when, text: why }) =>
        membersAt(object, member)
          .filter(({ value }) => when(value))
          .map((found) => ({ member: found.member, text: why })),
      ),
    ],
    sections: kind.sections
      .map(({ title, members }) => ({
        title,
        members: members.flatMap(({ member, meaning }) =>
          membersAt(object, member).map((found) => ({ ...found, meaning })),
        ),
      }))
      .filter(({ members }) => members.length > 0),
  };
}

/** The reader's own words; where it speaks to developers, the member it names. */
function faultsOf(kind: PolicyKind, text: string): readonly string[] {
  try {
    kind.parse(text);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    const message = error instanceof Error ? error.message : '';
    const member = /"([^"]+)" is missing/.exec(message)?.[1];
    if (member !== undefined) return [`« ${member} » : absent, de la mauvaise sorte ou hors de ses bornes`];
    return [message.replace(/^\S+\.json : /, '').replace(/ \([A-Z_]+\)$/, '')];
  }
}
