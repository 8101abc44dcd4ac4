import { type CopyStore, parseCopy, serializeCopy } from './copy.js';

/** The part of the Web Storage API that is needed: `localStorage` and `sessionStorage` have it. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps copies in `localStorage` or `sessionStorage`, so that they outlive the page.
 *
 * When the storage is full, the copies kept there make room; what does not fit even then is not kept. Whoever can read the storage
 * can read the copies: what must not lie there is marked `Cache-Control: no-store` by the server, and is not.
 */
export function webStorageStore(
  storage: WebStorage,
  { prefix = 'http-preconditions:' }: { readonly prefix?: string } = {},
): CopyStore {
  const removeAll = (): void => {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    for (const key of keys) if (key.startsWith(prefix)) storage.removeItem(key);
  };
  return {
    get(url) {
      const text = storage.getItem(prefix + url);
      return text === null ? undefined : parseCopy(text);
    },
    set(url, copy) {
      const text = serializeCopy(copy);
      try {
        storage.setItem(prefix + url, text);
      } catch {
        removeAll();
        try {
          storage.setItem(prefix + url, text);
        } catch {} // larger than the whole storage
      }
    },
    delete: (url) => storage.removeItem(prefix + url),
  };
}
