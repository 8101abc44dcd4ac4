import { timeOf } from './date.js';

/** Longer ones are taken for 1 ms by timers. */
const LONGEST_MS = 2 ** 31 - 1;

/** Waits; rejects with the reason of the signal as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(ms, LONGEST_MS),
    );
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Full jitter: any time up to a limit that doubles, so that those who failed together do not try again together. */
export function jitter(failures: number, firstMs: number, mostMs: number): number {
  return Math.random() * Math.min(mostMs, firstMs * 2 ** (failures - 1));
}

/** Milliseconds that the server asks to wait (RFC 9110, section 10.2.3); 0 when it does not say. */
export function retryAfter(headers: Headers): number {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return Math.max(0, timeOf(value) - Date.now()) || 0;
}

/** Milliseconds for which an answer stays fresh by its own word (RFC 9111, section 4.2); 0 when it does not say. */
export function freshFor(headers: Headers): number {
  const directives = headers.get('cache-control') ?? '';
  const [, seconds = '0'] = /(?:^|[\s,])max-age="?(\d+)/i.exec(directives) ?? [];
  if (/(?:^|[\s,])no-(?:cache|store)\b/i.test(directives)) return 0;
  return Math.max(0, Number(seconds) - Number(headers.get('age'))) * 1000 || 0;
}
