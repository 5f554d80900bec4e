/** What may be logged of an error: its code, or its class. Messages of libraries may quote personal data. */
export function errorCode(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
