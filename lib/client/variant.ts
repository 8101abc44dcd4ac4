/**
 * Which representation of a resource a request selects: a digest of the request fields that Vary names (RFC 9111, section 4.1), so
 * that a copy made for one user or language is not taken for that of another, and no credentials are kept with it.
 *
 * `''`: none of these fields was given. `undefined`: it cannot be told (`Vary: *`, what is no list of names, or a page without cryptography because it was
 * not loaded over https). Fields that `fetch` adds by itself, such as Cookie, are not seen.
 */
export async function variantOf(answer: Headers, request: Headers): Promise<string | undefined> {
  const vary = answer.get('vary') ?? '';
  if (/[^\w\s,-]/.test(vary)) return undefined;
  const names = vary.match(/[\w-]+/g) ?? [];
  const given = names.filter((name) => request.has(name));
  if (given.length === 0) return '';
  const text = given.map((name) => `${name}:${request.get(name)}\n`).join('');
  const digest = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(text));
  return digest && new Uint8Array(digest).join();
}
