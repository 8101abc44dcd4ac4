import { usage } from './errors.js';

/**
 * A URL as it names a copy: absolute, and without its fragment, which no server sees.
 *
 * @throws {ClientError} ERR_CLIENT_USAGE for one with credentials, which `fetch` does not take
 */
export function absolute(target: string | URL, base: string | URL | undefined): string {
  const url = new URL(target, base);
  if (url.username || url.password) throw usage('a URL without credentials', url.host);
  url.hash = '';
  return url.href;
}
