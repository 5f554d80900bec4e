/** A JSON Schema, as far as the schemas of this project go. */
export type Schema = Readonly<Record<string, unknown>>;

type Check = (rule: never, value: unknown, at: string, root: Schema) => readonly string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One function per keyword. A schema that uses another one is refused: it would be checked less than it says. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: () => [],
  $defs: () => [],
  title: () => [],
  description: () => [],
  $ref: (rule: string, value, at, root) => faultsAt(definition(root, rule), value, at, root),
  type: (rule: string | readonly string[], value, at) => {
    const types = typeof rule === 'string' ? [rule] : rule;
    return types.some((type) => hasType(type, value)) ? [] : [`${at} is not of type ${types.join(' or ')}`];
  },
  enum: (rule: readonly unknown[], value, at) => (rule.includes(value) ? [] : [`${at} is not one of the values`]),
  minimum: (rule: number, value, at) => (typeof value === 'number' && value < rule ? [`${at} is below ${rule}`] : []),
  pattern: (rule: string, value, at) =>
    typeof value === 'string' && !new RegExp(rule, 'u').test(value) ? [`${at} does not match ${rule}`] : [],
  required: (rule: readonly string[], value, at) =>
    isObject(value) ? rule.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`) : [],
  dependentRequired: (rule: Readonly<Record<string, readonly string[]>>, value, at) =>
    isObject(value)
      ? Object.entries(rule).flatMap(([name, needed]) =>
          name in value ? needed.filter((other) => !(other in value)).map((other) => `${at}/${other} is missing`) : [],
        )
      : [],
  items: (rule: Schema, value, at, root) =>
    Array.isArray(value) ? value.flatMap((item, index) => faultsAt(rule, item, `${at}/${index}`, root)) : [],
  properties: (rule: Readonly<Record<string, Schema>>, value, at, root) =>
    isObject(value)
      ? Object.entries(rule).flatMap(([name, schema]) =>
          name in value ? faultsAt(schema, value[name], `${at}/${name}`, root) : [],
        )
      : [],
};

function faultsAt(schema: Schema, value: unknown, at: string, root: Schema): readonly string[] {
  const { additionalProperties, ...rules } = schema;
  const faults = Object.entries(rules).flatMap(([keyword, rule]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`the schema uses « ${keyword} », which nothing here checks`);
    return check(rule as never, value, at, root);
  });
  if (additionalProperties === undefined || !isObject(value)) return faults;
  if (additionalProperties !== false) throw new Error('only « additionalProperties: false » is checked here');
  const known = Object.keys(schema['properties'] ?? {});
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  return [...faults, ...unknown.map((name) => `${at}/${name} is not in the schema`)];
}

function definition(root: Schema, reference: string): Schema {
  const name = reference.replace('#/$defs/', '');
  const found = (root['$defs'] as Readonly<Record<string, Schema>> | undefined)?.[name];
  if (!found) throw new Error(`the schema has no ${reference}`);
  return found;
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type;
    default:
      throw new Error(`type « ${type} » is not checked here`);
  }
}

/** What is wrong with a value under a schema, each with its place; empty when it is valid. */
export function schemaFaults(schema: Schema, value: unknown): readonly string[] {
  return faultsAt(schema, value, '', schema);
}
