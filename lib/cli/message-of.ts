/** What an error says, or whatever else was thrown, by foreign code or for another realm. */
export function messageOf(thrown: unknown): string {
  const { message } = Object(thrown) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(thrown);
}
