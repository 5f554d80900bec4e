/** Text that a foreign error carries beside its message (`code`, `constraint`); null when it carries none. */
export function errorProperty(error: unknown, name: string): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const value = (error as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}
