/** A URL as it names a copy: absolute, and without its fragment, which no server sees. */
export function absolute(target: string | URL, base: string | URL | undefined): string {
  const url = new URL(target, base);
  url.hash = '';
  return url.href;
}
