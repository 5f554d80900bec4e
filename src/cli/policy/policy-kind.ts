/** A rule file as `policy` reads it: how it is recognised and checked, and what each of its members does, in French. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** One member in words. `member` is its path, parts separated by dots; `*` stands for every name at that place. */
export interface MemberWords {
  readonly member: string;
  readonly meaning: string;
}

export interface KindSection {
  readonly title: string;
  readonly members: readonly MemberWords[];
}

/** A value that is allowed and seldom wise. */
export interface Danger {
  readonly member: string;
  readonly when: (value: unknown) => boolean;
  readonly text: string;
}

export interface PolicyKind {
  readonly kind: string;
  /** Where the file stands in the configuration folder. */
  readonly path: string;
  readonly title: string;
  /** Members that only this kind has. */
  readonly signature: readonly string[];
  /** Throws the reader's own error. */
  readonly parse: (text: string) => unknown;
  readonly sections: readonly KindSection[];
  readonly dangers: readonly Danger[];
}

/** A member with its value, found in a file. */
export interface FoundMember {
  readonly member: string;
  readonly value: unknown;
}

/** Every member of a file that a path names: several where the path has a `*`. */
export function membersAt(file: JsonObject, path: string): readonly FoundMember[] {
  return path.split('.').reduce<readonly FoundMember[]>(
    (found, part) =>
      found.flatMap(({ member, value }) => {
        if (!isObject(value)) return [];
        const names = part === '*' ? Object.keys(value) : part in value ? [part] : [];
        return names.map((name) => ({ member: member === '' ? name : `${member}.${name}`, value: value[name] }));
      }),
    [{ member: '', value: file }],
  );
}

/** Members that no path of the kind speaks of, nor stands above: a slip of the pen would be read past in silence. */
export function unknownMembers(file: JsonObject, kind: PolicyKind): readonly string[] {
  const paths = kind.sections.flatMap(({ members }) => members.map(({ member }) => member.split('.')));
  const walk = (value: unknown, at: readonly string[]): readonly string[] => {
    const fits = paths.filter((path) => at.every((part, index) => path[index] === part || path[index] === '*'));
    if (at.length > 0 && fits.length === 0) return [at.join('.')];
    if (!isObject(value) || fits.some((path) => path.length === at.length)) return [];
    return Object.keys(value).flatMap((name) => walk(value[name], [...at, name]));
  };
  return walk(file, []);
}

/** Narrows a value read from JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A danger of numbers below, or above, a bound. */
export const below =
  (bound: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value < bound;
export const above =
  (bound: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value > bound;
