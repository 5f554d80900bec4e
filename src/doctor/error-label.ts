/** What may be shown of an error: its code, or its class. The text of a library may quote a password or a person. */
export function errorLabel(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return error instanceof Error ? error.constructor.name : 'Error';
}
