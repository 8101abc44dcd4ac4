import type { Copy, CopyStore } from './copy.js';

/**
 * Keeps copies until the page or process ends, and at most `maxCopies` of them: those go first that were not read for the longest
 * time.
 */
export function memoryStore({ maxCopies = 1000 }: { readonly maxCopies?: number } = {}): CopyStore {
  const copies = new Map<string, Copy>();
  return {
    get: (url) => copies.get(url),
    // Every read sets its copy again, so the first is the one not read for the longest time.
    set(url, copy) {
      copies.delete(url);
      copies.set(url, copy);
      const [oldest = url] = copies.keys();
      if (copies.size > maxCopies) copies.delete(oldest);
    },
    delete: (url) => void copies.delete(url),
  };
}
